// A text that the site has saved need not be kept in this browser any more.
for (const saved of document.querySelectorAll('meta[name="saved-text"]')) {
  localStorage.removeItem(`unsaved:${saved.content}`);
}
