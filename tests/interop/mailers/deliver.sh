# A mail delivery agent: `deliver.sh FOLDER MAILDROP SEEN` puts the letter on its standard input into a file of its own in
# FOLDER, and tells the file SEEN how many letters the MAILDROP holds at that moment.
set -e
ls "$2" | wc -l >> "$3"
cat > "$(mktemp "$1/XXXXXX")"
