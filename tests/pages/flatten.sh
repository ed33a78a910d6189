#!/bin/sh
# Flattens every page of this folder to text with the tools people use, and refreshes
# ../vectors/<edition>-<case>/input.txt (or input.md). Run by hand on Debian 12 as root; never in CI.
#
#   sh flatten.sh [all-output-dir]     every result goes to all-output-dir (default: a temporary folder);
#                                      only cases whose folder exists under ../vectors are refreshed.
#                                      Tools live in $TOOLS (default: a temporary folder), kept for the next run if you set it.
#
# Versions used for the committed files: chromium 156 (playwright-core only drives it), poppler 22.12, pandoc 2.17, w3m 0.5.3,
# lynx 2.9.0dev, links 2.28, elinks 0.13.2, Debian html2text 1.3.2a, LibreOffice 7.4, docx2txt (Debian) 1.4-5; the Python and npm
# versions are pinned below. Browser text and PDFs depend on the CJK fonts (fonts-wqy-zenhei, fonts-noto-cjk).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
vectors=$here/../vectors
all=${1:-$(mktemp -d)}
TOOLS=${TOOLS:-$(mktemp -d)}
mkdir -p "$all" "$TOOLS"
export LANG=C.UTF-8 LC_ALL=C.UTF-8

if ! command -v soffice >/dev/null || ! command -v elinks >/dev/null || ! command -v chromium >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium html2text pandoc w3m lynx links elinks \
        poppler-utils fonts-wqy-zenhei fonts-noto-cjk docx2txt libreoffice-writer python3-venv nodejs npm
fi
if [ ! -e "$TOOLS/ready" ]; then
    python3 -m venv "$TOOLS/new"
    python3 -m venv "$TOOLS/old"
    "$TOOLS/new/bin/pip" -q install -U pip
    "$TOOLS/old/bin/pip" -q install -U pip
    "$TOOLS/new/bin/pip" -q install trafilatura==2.0.0 html2text==2025.4.15 inscriptis==2.7.6 beautifulsoup4==4.15.0 \
        markdownify==1.2.3 lxml==6.1.3 python-docx==1.2.0 pypdf==7.1.0 pdfplumber==0.11.10 pymupdf==2.0 markitdown==0.1.8 pandas==3.1.1 html5lib==1.1
    "$TOOLS/old/bin/pip" -q install trafilatura==1.12.2
    (cd "$TOOLS" && npm --silent init -y >/dev/null && npm --silent install turndown@7.2.5 turndown-plugin-gfm@1.0.2 html-to-text@10.0.1 playwright-core@1.65.1)
    touch "$TOOLS/ready"
fi

cat > "$TOOLS/browser.js" <<'JS'
// innerText of the page, and the page printed to PDF
const {chromium} = require('playwright-core'); const fs = require('fs');
(async () => {
  const [html, out] = process.argv.slice(2);
  const b = await chromium.launch({executablePath: '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
    '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});
  const p = await b.newPage({offline: true});
  await p.goto('file://' + html, {waitUntil: 'domcontentloaded'});
  fs.writeFileSync(out + '-chromium-innertext.txt', await p.evaluate(() => document.body.innerText));
  await p.pdf({path: out + '.pdf', format: 'A4', margin: {top: '15mm', bottom: '15mm', left: '15mm', right: '15mm'}});
  await b.close();
})();
JS
cat > "$TOOLS/npm.js" <<'JS'
const fs = require('fs'); const [html, out] = process.argv.slice(2);
const body = fs.readFileSync(html, 'utf8');
const T = require('turndown');
const plain = new T(); plain.remove(['style', 'title', 'script']);
fs.writeFileSync(out + '-turndown.md', plain.turndown(body));
const g = new T(); g.remove(['style', 'title', 'script']); g.use(require('turndown-plugin-gfm').gfm);
fs.writeFileSync(out + '-turndown-gfm.md', g.turndown(body));
const {convert} = require('html-to-text');
fs.writeFileSync(out + '-html-to-text-tables.txt', convert(body, {tables: true, wordwrap: 80}));
fs.writeFileSync(out + '-html-to-text.txt', convert(body, {wordwrap: false}));
JS
cat > "$TOOLS/new.py" <<'PY'
import io, logging, sys
logging.disable(logging.CRITICAL)
html_path, out = sys.argv[1:]
html = open(html_path, encoding='utf-8').read()
def put(name, text, ext='txt'):
    if text:
        open(f'{out}-{name}.{ext}', 'w', encoding='utf-8', newline='\n').write(text)
import trafilatura
put('trafilatura2', trafilatura.extract(html, include_tables=True))
put('trafilatura2-recall', trafilatura.extract(html, include_tables=True, favor_recall=True))
put('trafilatura2-markdown', trafilatura.extract(html, include_tables=True, output_format='markdown'), 'md')
put('trafilatura2-html2txt', trafilatura.html2txt(html))
import html2text
h = html2text.HTML2Text(); put('html2text-py', h.handle(html), 'md')
h = html2text.HTML2Text(); h.body_width = 0; h.ignore_links = True; h.pad_tables = True; put('html2text-py-pad', h.handle(html), 'md')
h = html2text.HTML2Text(); h.body_width = 0; h.ignore_tables = True; h.ignore_links = True; put('html2text-py-notables', h.handle(html))
from inscriptis import get_text
from inscriptis.model.config import ParserConfig
put('inscriptis', get_text(html))
put('inscriptis-tab', get_text(html, ParserConfig(table_cell_separator='\t')))
from bs4 import BeautifulSoup
s = BeautifulSoup(html, 'lxml').body
put('bs4-glued', s.get_text(''))
put('bs4-glued-strip', s.get_text('', strip=True))
put('bs4-newline', s.get_text('\n'))
put('bs4-newline-strip', s.get_text('\n', strip=True))
put('bs4-space', s.get_text(' '))
put('bs4-space-strip', s.get_text(' ', strip=True))
put('bs4-pipe-strip', s.get_text('|', strip=True))
# the row loop everybody writes: one line a row, cells stripped and joined
def rows(sep):
    soup = BeautifulSoup(html, 'lxml').body
    for t in soup.find_all('table'):
        t.replace_with('\n'.join(sep.join(c.get_text(strip=True) for c in r.find_all(['td', 'th'])) for r in t.find_all('tr')))
    return soup.get_text('\n', strip=True)
put('bs4-rows-tab', rows('\t')); put('bs4-rows-comma', rows(','))
from markdownify import markdownify
put('markdownify', markdownify(html, strip=['title', 'style']), 'md')
from markitdown import MarkItDown
put('markitdown', MarkItDown().convert(html_path).text_content, 'md')
import lxml.html
put('lxml-text-content', lxml.html.fromstring(html).find('body').text_content())
import pandas
put('pandas-to-string', '\n\n'.join(t.to_string(header=False, index=False, na_rep='') for t in pandas.read_html(io.StringIO(html))))
put('pandas-csv', '\n'.join(t.to_csv(header=False, index=False) for t in pandas.read_html(io.StringIO(html))))
import docx
def paragraphs(d, sep):
    from docx.table import Table
    for b in d.iter_inner_content():
        if isinstance(b, Table):
            for r in b.rows:
                yield sep.join(c.text for c in r.cells)
        else:
            yield b.text
for via in 'pandoc', 'office':
    try: d = docx.Document(f'{out}-{via}.docx')
    except Exception: continue
    put(f'python-docx-{via}', '\n'.join(paragraphs(d, '\t')))
import pypdf, pdfplumber, pymupdf
r = pypdf.PdfReader(out + '.pdf')
put('pypdf', '\n'.join(p.extract_text() for p in r.pages))
put('pypdf-layout', '\n'.join(p.extract_text(extraction_mode='layout') for p in r.pages))
with pdfplumber.open(out + '.pdf') as d:
    put('pdfplumber', '\n'.join(p.extract_text() for p in d.pages))
    put('pdfplumber-layout', '\n'.join(p.extract_text(layout=True) for p in d.pages))
    put('pdfplumber-tables', '\n'.join('\t'.join((c or '').replace('\n', '') for c in row) for p in d.pages for t in p.extract_tables() for row in t))
d = pymupdf.open(out + '.pdf')
put('pymupdf', '\n'.join(p.get_text() for p in d))
put('pymupdf-sorted', '\n'.join(p.get_text(sort=True) for p in d))
put('pymupdf-blocks', '\n'.join(b[4] for p in d for b in p.get_text('blocks') if b[6] == 0))
PY
cat > "$TOOLS/old.py" <<'PY'
import sys, trafilatura
html_path, out = sys.argv[1:]
html = open(html_path, encoding='utf-8').read()
t = trafilatura.extract(html, include_tables=True)
if t: open(f'{out}-trafilatura1.txt', 'w', encoding='utf-8', newline='\n').write(t)
PY

for page in "$here"/*.html; do
    edition=$(basename "$page" .html)
    o=$all/$edition
    echo "== $edition"
    pandoc -f html -t plain "$page" -o "$o-pandoc-plain.txt" 2>/dev/null
    pandoc -f html -t plain --columns=200 "$page" -o "$o-pandoc-plain-wide.txt" 2>/dev/null
    pandoc -f html -t gfm "$page" -o "$o-pandoc-gfm.md" 2>/dev/null
    pandoc -f html -t markdown "$page" -o "$o-pandoc-markdown.md" 2>/dev/null
    pandoc -f html -t org "$page" -o "$o-pandoc-org.txt" 2>/dev/null
    pandoc -f html -t rst "$page" -o "$o-pandoc-rst.txt" 2>/dev/null
    pandoc -f html -t mediawiki "$page" -o "$o-pandoc-mediawiki.txt" 2>/dev/null
    sed 's/<img[^>]*>//g' "$page" | pandoc -f html -o "$o-pandoc.docx" 2>/dev/null
    docx2txt "$o-pandoc.docx" "$o-docx2txt-pandoc.txt"
    w3m -dump -T text/html -I utf-8 -O utf-8 -cols 80 "$page" > "$o-w3m.txt"
    w3m -dump -T text/html -I utf-8 -O utf-8 -cols 200 "$page" > "$o-w3m-wide.txt"
    lynx -dump -nolist -display_charset=utf-8 -assume_charset=utf-8 "$page" > "$o-lynx.txt"
    lynx -dump -nolist -width=200 -display_charset=utf-8 -assume_charset=utf-8 "$page" > "$o-lynx-wide.txt"
    links -dump -html-assume-codepage utf-8 -codepage utf-8 "$page" > "$o-links.txt" 2>/dev/null || true
    elinks -dump -dump-charset utf-8 -no-references -no-numbering "$page" > "$o-elinks.txt" 2>/dev/null || true
    elinks -dump -dump-charset utf-8 -dump-width 200 -no-references -no-numbering "$page" > "$o-elinks-wide.txt" 2>/dev/null || true
    html2text -utf8 -nobs "$page" > "$o-html2text-debian.txt" 2>/dev/null || true
    html2text -utf8 -nobs -width 200 "$page" > "$o-html2text-debian-wide.txt" 2>/dev/null || true
    NODE_PATH=$TOOLS/node_modules node "$TOOLS/browser.js" "$page" "$o"
    NODE_PATH=$TOOLS/node_modules node "$TOOLS/npm.js" "$page" "$o"
    pdftotext "$o.pdf" "$o-pdftotext.txt"
    pdftotext -layout "$o.pdf" "$o-pdftotext-layout.txt"
    pdftotext -raw "$o.pdf" "$o-pdftotext-raw.txt"
    office=$(mktemp -d)
    cp "$page" "$office/page.html"
    (cd "$office" && soffice --headless -env:UserInstallation="file://$office/profile" --convert-to odt --infilter="HTML (StarWriter)" page.html >/dev/null 2>&1 &&
        soffice --headless -env:UserInstallation="file://$office/profile" --convert-to txt:Text:UTF8 page.odt >/dev/null 2>&1 &&
        soffice --headless -env:UserInstallation="file://$office/profile" --convert-to docx page.odt >/dev/null 2>&1) || true
    if [ -e "$office/page.txt" ]; then sed '1s/^\xef\xbb\xbf//' "$office/page.txt" > "$o-libreoffice.txt"; fi
    if [ -e "$office/page.docx" ]; then cp "$office/page.docx" "$o-office.docx"; docx2txt "$o-office.docx" "$o-docx2txt-office.txt"; fi
    rm -rf "$office"
    "$TOOLS/new/bin/python" "$TOOLS/new.py" "$page" "$o"
    "$TOOLS/old/bin/python" "$TOOLS/old.py" "$page" "$o"
done
for case in "$vectors"/*/; do
    case=$(basename "$case")
    for ext in txt md; do
        if [ -e "$all/$case.$ext" ]; then sed 's/\r$//' "$all/$case.$ext" > "$vectors/$case/input.$ext"; fi
    done
done
