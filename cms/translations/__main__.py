"""``make translations``: collect the texts of the interface into the catalogs, and say what is missing."""

from cms.translations.extraction import TEMPLATE, catalogs, extracted, missing, update, written

texts = extracted()
TEMPLATE.write_bytes(written(texts))
for file in catalogs():
    gaps = missing(update(file, texts))
    print(f"{file.parts[-3]}: {len(gaps)} of {len(texts)} texts are without a translation")
    print("".join(f"  {text}\n" for text in gaps), end="")
