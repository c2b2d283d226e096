"""Azure's own client, pointed at a server that is given."""
import sys

from azure.ai.translation.text import TextTranslationClient
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError

url, key = sys.argv[1:]


def client(with_key):
    return TextTranslationClient(
        credential=AzureKeyCredential(with_key),
        region="westeurope",
        endpoint=url,
        retry_total=0,
    )


def translate(text, to="de", with_key=key, **more):
    answer = client(with_key).translate(
        body=[text], to_language=[to], from_language="en", **more
    )
    return answer[0].translations[0]


plain = translate("The red garden", include_alignment=True)
print(plain.text, plain.to)
print(plain.alignment.proj)
print(translate("<div>See <b>old</b></div>", text_type="Html").text)
print(next(iter(client(key).get_supported_languages(scope="translation").translation)))
for to, with_key in [("tlh", key), ("de", "another")]:
    try:
        translate("x", to=to, with_key=with_key)
    except HttpResponseError as error:
        print(type(error).__name__, error.model.error.code if error.model else error.error.code)
