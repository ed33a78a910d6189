#!/bin/sh
# Makes the files of this folder: every page of ../pages in the formats that offices publish, by the programs they use. Run by hand on Debian 12
# with chromium 156, LibreOffice 7.4, pandoc 2.17 and the fonts fonts-wqy-zenhei, and what pdfs.py wants; never in CI.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
export LANG=C.UTF-8 LC_ALL=C.UTF-8
cd "$work"
office() { soffice --headless --convert-to "$@" >/dev/null 2>&1; }
for page in "$here"/../pages/*.html; do
    name=$(basename "$page" .html)
    out=$here/$name
    mkdir -p "$out"
    cp "$page" "$name.html"
    iconv -f utf-8 -t gb18030 "$page" | sed 's/charset="\?utf-8"\?/charset="gb2312"/i' >"$out/gbk.html"
    sed "s/<img[^>]*>//g" "$page" | pandoc -f html -t docx -o "$out/pandoc.docx"
    office odt:writer8 --infilter="HTML (StarWriter)" "$name.html"
    office docx "$name.odt"
    office pdf "$name.docx"
    cp "$name.docx" "$out/office.docx"
    cp "$name.pdf" "$out/office.pdf"
    office html:"HTML (StarWriter)" --outdir saved "$name.docx"
    cp "saved/$name.html" "$out/office.html"
    office xlsx --infilter="HTML (StarCalc)" "$name.html"
    office xls "$name.xlsx"
    office ods "$name.xlsx"
    for kind in xlsx xls ods; do cp "$name.$kind" "$out/office.$kind"; done
done
# The widest page does not fit the paper; its left edge is cut off.
rm "$here/2014/office.pdf"
# Browsers embed whole fonts: two of their PDFs are enough.
for name in 2014 2021; do
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$here/$name/chromium.pdf" "file://$work/$name.html" >/dev/null 2>&1
done
python3 "$here/pdfs.py"
rm -r "$work"
