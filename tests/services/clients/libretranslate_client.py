"""LibreTranslate's own client, pointed at a server that is given."""
import json
import sys
from urllib.error import HTTPError

from libretranslatepy import LibreTranslateAPI

url, key = sys.argv[1:]
client = LibreTranslateAPI(url, api_key=key)

print(client.translate("The red garden", "en", "de"))
print(*[language["code"] for language in client.languages()][:2])
try:
    LibreTranslateAPI(url, api_key="another").translate("x", "en", "de")
except HTTPError as error:
    print(error.code, json.load(error)["error"])
