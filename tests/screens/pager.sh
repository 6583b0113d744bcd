#!/bin/sh
# A pager that only counts.
echo "the pager got $(wc -l) lines"
