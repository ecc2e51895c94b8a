#!/bin/sh
# Writes the digests of the images that Dockerfile and compose.yaml name behind their tags, so that
# what runs is what was tried. Needs Docker and its registry; again for each update.
set -eu

for image in $(sed -nE 's/^(FROM|[[:space:]]+image:)[[:space:]]+([a-z][^@[:space:]]*:[^@[:space:]]+).*/\2/p' \
    Dockerfile compose.yaml | sort -u); do
    digest=$(docker buildx imagetools inspect --format '{{.Manifest.Digest}}' "$image")
    case $digest in
    sha256:*) ;;
    *) echo "no digest of $image: $digest" >&2 && exit 1 ;;
    esac
    sed -i -E "s|^(FROM\|[[:space:]]+image:)([[:space:]]+)$image(@sha256:[0-9a-f]+)?( \|$)|\1\2$image@$digest\4|" \
        Dockerfile compose.yaml
done
