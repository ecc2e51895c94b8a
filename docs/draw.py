"""Check a draw: python draw.py https://fair.example COMPANY DIGEST, noted before the opening."""

import hashlib, hmac, json, sys, urllib.request

site, company, digest = sys.argv[1:]
draw = json.load(urllib.request.urlopen(f"{site}/api/draw/{company}/"))
seed = bytes.fromhex(draw["seed"])
tickets = [
    hmac.new(seed, f"{company}:{each['entry']}".encode(), "sha256").digest()
    for each in sorted(draw["dealt"], key=lambda each: each["position"])
]
fair = hashlib.sha256(seed).hexdigest() == digest and tickets == sorted(tickets)
print(f"{len(tickets)} places,", "as promised" if fair else "NOT AS PROMISED")
