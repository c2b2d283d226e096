"""Sends a request of ours through a vendor's own client, and provokes a few errors.

Usage: vendors.py API URL KEY BODY_FILE. Prints the text of the answer.
"""

import json
import sys

from pydantic import TypeAdapter


def check_fields(body, params):
    """The body has the types that the vendor's library gives them, and no other fields."""
    TypeAdapter(params).validate_python(body)
    unknown = set(body) - set(params.__annotations__)
    for base in getattr(params, "__orig_bases__", ()):
        unknown -= set(getattr(base, "__annotations__", ()))
    assert not unknown, unknown


def raises(error, call, **arguments):
    try:
        call(**arguments)
    except error as found:
        assert type(found) is error, type(found)
        return found
    raise AssertionError(f"no {error}")


def openai(url, key, body):
    from openai import AuthenticationError, BadRequestError, NotFoundError, OpenAI
    from openai.types.chat import ChatCompletion
    from openai.types.chat.completion_create_params import CompletionCreateParamsNonStreaming

    check_fields(body, CompletionCreateParamsNonStreaming)
    client = OpenAI(base_url=url, api_key=key, max_retries=0)
    answer = client.chat.completions.with_raw_response.create(**body)
    # The client builds its objects without checks.
    completion = ChatCompletion.model_validate_json(answer.text, strict=True)
    assert completion.choices[0].finish_reason == "stop"
    content = answer.parse().choices[0].message.content
    assert content == completion.choices[0].message.content

    create = client.chat.completions.create
    found = raises(NotFoundError, create, **{**body, "model": "nothing"})
    assert found.code == "model_not_found", found.code
    open_schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    form = {"type": "json_schema", "json_schema": {"name": "x", "strict": True, "schema": open_schema}}
    found = raises(BadRequestError, create, **{**body, "response_format": form})
    assert found.param == "response_format", found.param
    stranger = OpenAI(base_url=url, api_key="wrong", max_retries=0)
    found = raises(AuthenticationError, stranger.chat.completions.create, **body)
    assert found.code == "invalid_api_key", found.code
    return content


def anthropic(url, key, body):
    from anthropic import Anthropic, AuthenticationError, BadRequestError, NotFoundError
    from anthropic.types import Message
    from anthropic.types.message_create_params import MessageCreateParamsNonStreaming

    check_fields(body, MessageCreateParamsNonStreaming)
    client = Anthropic(base_url=url, api_key=key, max_retries=0)
    answer = client.messages.with_raw_response.create(**body)
    message = Message.model_validate_json(answer.http_response.text, strict=True)
    assert message.stop_reason == "end_turn"

    create = client.messages.create
    raises(NotFoundError, create, **{**body, "model": "nothing"})
    form = {"type": "json_schema", "schema": {"type": "object"}}
    raises(BadRequestError, create, **{**body, "output_config": {"format": form}})
    stranger = Anthropic(base_url=url, api_key="wrong", max_retries=0)
    raises(AuthenticationError, stranger.messages.create, **body)
    return "".join(block.text for block in message.content if block.type == "text")


def main():
    api, url, key, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        body = json.load(file)
    print({"openai": openai, "anthropic": anthropic}[api](url, key, body))


main()
