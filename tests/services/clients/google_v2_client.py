"""Google's own client for v2, pointed at a server that is given."""
import sys

from google.api_core.exceptions import GoogleAPICallError
from google.auth.api_key import Credentials
from google.cloud import translate_v2

url, key = sys.argv[1:]


def client(token):
    return translate_v2.Client(
        credentials=Credentials(token), client_options={"api_endpoint": url}
    )


texts = ["It's the red garden"]
for form in ["html", "text"]:
    answer = client(key).translate(
        texts, source_language="en", target_language="de", format_=form
    )
    print(answer[0]["translatedText"])
codes = [language["language"] for language in client(key).get_languages()]
print(*codes[:2])
for target, other_key in [("tlh", key), ("de", "another")]:
    try:
        client(other_key).translate(texts, target_language=target)
    except GoogleAPICallError as error:
        print(type(error).__name__)
