# What gcc -fanalyzer says of one file (-v file=…), as lines `FILE WARNING FUNCTION`.
/: In function / {
    name = $0
    sub(/.*: In function /, "", name)
    gsub(/[^A-Za-z0-9_]/, "", name)
}
/warning: .*\[-Wanalyzer-[a-z-]+\]/ {
    match($0, /-Wanalyzer-[a-z-]+/)
    print file, substr($0, RSTART + 11, RLENGTH - 11), name
}
