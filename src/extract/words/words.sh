#!/usr/bin/env bash
# Makes words.txt: ordinary English words in lower case, one a line, sorted by bytes, each once.
#
# In: the American and British word lists of SCOWL as Debian carries them (apt-get install wamerican wbritish).
# Out: words.txt beside this script. Names with capitals and forms with apostrophes are left out, and so are
# words that stand in technical notes for a product or format far more often than for the thing in a dictionary.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")"

technical='alb android ansi awk bash bsd chromium clang cpu curl dos ext firebug firewire ftp ftps gif gnome gnu google
html http https intel java jpeg jpg json kafka latex linux lisp macintosh maven mime modem mpeg parquet perl php png
polars postscript prolog puppeteer python qt ram redis rom rpm ruby sql ssl struts subversion telnet tiff tomcat
typescript unix unload url urls usb vi vim wifi xml yahoo zip markdown perforce putty grails twitter selenium'

cat /usr/share/dict/american-english /usr/share/dict/british-english \
    | grep -E '^[a-z]+$' \
    | sort -u \
    | grep -vxFf <(tr ' ' '\n' <<<"$technical" | grep .) \
    >words.txt
wc -lc words.txt
