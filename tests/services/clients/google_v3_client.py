"""Google's own client for v3 over REST, pointed at a server that is given."""
import sys
from urllib.parse import urlsplit

from google.api_core.exceptions import GoogleAPICallError
from google.auth.exceptions import RefreshError
from google.cloud import translate_v3
from google.cloud.translate_v3.services.translation_service.transports import (
    TranslationServiceRestTransport,
)
from google.oauth2.credentials import Credentials

url, key = sys.argv[1:]
PARENT = "projects/site-1/locations/"


def client(token):
    transport = TranslationServiceRestTransport(
        host=urlsplit(url).netloc, url_scheme="http", credentials=Credentials(token)
    )
    return translate_v3.TranslationServiceClient(transport=transport)


def translate(texts, kind="text/plain", target="de", token=key, **more):
    location = "us-central1" if more else "global"
    return client(token).translate_text(
        request={
            "parent": PARENT + location,
            "contents": texts,
            "mime_type": kind,
            "source_language_code": "en",
            "target_language_code": target,
            **more,
        },
        retry=None,
    )


print(translate(["The red garden"]).translations[0].translated_text)
print(translate(["See <b>old</b>"], kind="text/html").translations[0].translated_text)
glossary = {"glossary": PARENT + "us-central1/glossaries/terms"}
answer = translate(["the garden"], glossary_config=glossary)
print(answer.glossary_translations[0].translated_text)
languages = client(key).get_supported_languages(parent=PARENT + "global").languages
first = languages[0]
print(first.language_code, first.support_source, first.support_target)
for target, token in [("tlh", key), ("de", "another")]:
    try:
        translate(["x"], target=target, token=token)
    except (GoogleAPICallError, RefreshError) as error:
        print(type(error).__name__)
