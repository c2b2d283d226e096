"""DeepL's own client, pointed at a server that is given."""
import sys

import deepl
from deepl.api_data import MultilingualGlossaryDictionaryEntries

url, key = sys.argv[1:]
deepl.http_client.max_network_retries = 0
client = deepl.DeepLClient(key, server_url=url)

print(client.translate_text("The red garden", source_lang="EN", target_lang="DE").text)
xml = client.translate_text(
    ["See <g1>old</g1> <x2>ls</x2>"],
    source_lang="EN",
    target_lang="DE",
    tag_handling="xml",
    ignore_tags=["x2"],
    outline_detection=False,
    preserve_formatting=True,
    split_sentences="nonewlines",
    formality="prefer_more",
    context="A page of the manual.",
)
print(xml[0].text)
html = client.translate_text(
    ['See <b>old</b> <span translate="no">ls</span>'],
    source_lang="EN",
    target_lang="DE",
    tag_handling="html",
)
print(html[0].text)
sources = [language.code for language in client.get_source_languages()]
targets = {language.code.lower(): language for language in client.get_target_languages()}
print(sources[1].lower(), targets["de"].code.lower(), targets["de"].supports_formality)
usage = client.get_usage()
print(usage.character.count, usage.character.limit)
entries = MultilingualGlossaryDictionaryEntries("EN", "DE", {"garden": "Garten"})
made = client.create_multilingual_glossary("polypost en-de", [entries])
print(
    client.translate_text(
        "The red garden", source_lang="EN", target_lang="DE", glossary=made
    ).text
)
listed = client.list_multilingual_glossaries()
print([(one.name, one.dictionaries[0].entry_count) for one in listed])
for text, target, other_key in [
    ("Use up the quota.", "DE", key),
    ("x", "DE", "another"),
    ("x", "TLH", key),
]:
    try:
        deepl.DeepLClient(other_key, server_url=url).translate_text(text, target_lang=target)
    except deepl.DeepLException as error:
        print(type(error).__name__)
