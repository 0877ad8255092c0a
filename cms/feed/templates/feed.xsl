{%- autoescape true -%}
<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" exclude-result-prefixes="atom">
<xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>
<xsl:variable name="title" select="rss/channel/title | atom:feed/atom:title"/>
<xsl:variable name="self" select="(rss/channel | atom:feed)/atom:link[@rel='self']"/>

<xsl:template match="/">
<html lang="{{ site.language }}">
<head>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<title><xsl:value-of select="$title"/></title>
<link rel="alternate" type="{$self/@type}" href="{$self/@href}"/>
<link rel="stylesheet" href="{{ style }}"/>
{% if options %}<link rel="stylesheet" href="{{ options }}"/>{% endif %}
</head>
<body>
<header class="masthead"><a class="wordmark" href="/"><span>{{ site.name }}</span></a></header>
<main id="main">
<article class="post page">
<header class="post-head">
<h1><xsl:value-of select="$title"/></h1>
<p class="standfirst">{{ _('This is a feed: a list of our latest texts, made for feed readers.') }}</p>
</header>
<div class="prose">
<p>{{ _('Copy this address into your feed reader, and it shows you each new text in full:') }}</p>
<p><code><xsl:value-of select="$self/@href"/></code></p>
<p><a href="/feeds/">{{ _('What feeds are, and which ones there are') }}</a></p>
<xsl:apply-templates select="rss/channel/item | atom:feed/atom:entry"/>
</div>
</article>
</main>
</body>
</html>
</xsl:template>

<xsl:template match="item">
<xsl:variable name="month" select="string-length(substring-before('JanFebMarAprMayJunJulAugSepOctNovDec', substring(pubDate, 9, 3))) div 3 + 1"/>
<h2><a href="{link}"><xsl:value-of select="title"/></a></h2>
<p><time><xsl:value-of select="concat(substring(pubDate, 13, 4), '-', format-number($month, '00'), '-', substring(pubDate, 6, 2))"/></time></p>
<p><xsl:call-template name="as-text"><xsl:with-param name="html" select="description"/></xsl:call-template></p>
</xsl:template>

<xsl:template match="atom:entry">
<h2><a href="{atom:link[@rel='alternate']/@href}"><xsl:value-of select="atom:title"/></a></h2>
<p><time><xsl:value-of select="substring(atom:published, 1, 10)"/></time></p>
<p><xsl:value-of select="atom:summary"/></p>
</xsl:template>

<!-- The text of a description of RSS, which is HTML that holds nothing but escaped text. -->
<xsl:template name="as-text">
<xsl:param name="html"/>
<xsl:choose>
<xsl:when test="contains($html, '&amp;')">
<xsl:variable name="rest" select="substring-after($html, '&amp;')"/>
<xsl:value-of select="substring-before($html, '&amp;')"/>
<xsl:choose>
<xsl:when test="starts-with($rest, 'lt;')">&lt;</xsl:when>
<xsl:otherwise>&amp;</xsl:otherwise>
</xsl:choose>
<xsl:call-template name="as-text"><xsl:with-param name="html" select="substring-after($rest, ';')"/></xsl:call-template>
</xsl:when>
<xsl:otherwise><xsl:value-of select="$html"/></xsl:otherwise>
</xsl:choose>
</xsl:template>
</xsl:stylesheet>
{% endautoescape %}
