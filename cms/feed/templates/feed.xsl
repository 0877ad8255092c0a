{%- autoescape true -%}
<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" exclude-result-prefixes="atom">
<xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>

<xsl:template match="/">
<html lang="{{ site.language }}">
<head>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title><xsl:value-of select="rss/channel/title | atom:feed/atom:title"/></title>
<link rel="stylesheet" href="{{ style }}"/>
</head>
<body>
<header class="masthead"><a class="wordmark" href="/"><span>{{ site.name }}</span></a></header>
<main id="main">
<article class="post page">
<header class="post-head">
<h1><xsl:value-of select="rss/channel/title | atom:feed/atom:title"/></h1>
<p class="standfirst">{{ _('This is a feed: a list of our latest texts, made for feed readers.') }}</p>
</header>
<div class="prose">
<p>{{ _('Copy this address into your feed reader, and it shows you each new text in full.') }}
<xsl:text> </xsl:text><code><xsl:value-of select="rss/channel/atom:link[@rel='self']/@href | atom:feed/atom:link[@rel='self']/@href"/></code></p>
<p><a href="/feeds/">{{ _('What feeds are, and which ones there are') }}</a></p>
<xsl:apply-templates select="rss/channel/item | atom:feed/atom:entry"/>
</div>
</article>
</main>
</body>
</html>
</xsl:template>

<xsl:template match="item">
<h2><a href="{link}"><xsl:value-of select="title"/></a></h2>
<p><xsl:value-of select="substring(pubDate, 6, 11)"/></p>
<p><xsl:value-of select="description"/></p>
</xsl:template>

<xsl:template match="atom:entry">
<h2><a href="{atom:link[@rel='alternate']/@href}"><xsl:value-of select="atom:title"/></a></h2>
<p><xsl:value-of select="substring(atom:published, 1, 10)"/></p>
<p><xsl:value-of select="atom:summary"/></p>
</xsl:template>
</xsl:stylesheet>
{% endautoescape %}
