"""A llama.cpp server with a tiny model of random weights.

Usage: llama.py MODEL_FILE. Writes the model, prints the address, serves until standard input ends.
"""

import sys

import gguf
import numpy
import xllamacpp

WORDS = ["▁una", "▁casa", "▁roja", "▁el", "▁perro", "▁y", "▁es", "▁grande", "▁lee", "▁aquí"]
SIZE, HEADS, LAYERS, INNER, CONTEXT = 32, 4, 1, 64, 8192


def write_model(path):
    """A model of the Llama architecture that knows single bytes and a few words."""
    kind = gguf.TokenType
    tokens = [("<unk>", kind.UNKNOWN), ("<s>", kind.CONTROL), ("</s>", kind.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", kind.BYTE) for byte in range(256)]
    tokens += [(chr(c), kind.NORMAL) for c in range(33, 127)]
    tokens += [("▁", kind.NORMAL)]
    tokens += [(word, kind.NORMAL) for word in WORDS]
    count = len(tokens)

    out = gguf.GGUFWriter(path, "llama")
    out.add_name("tiny")
    out.add_context_length(CONTEXT)
    out.add_embedding_length(SIZE)
    out.add_block_count(LAYERS)
    out.add_feed_forward_length(INNER)
    out.add_head_count(HEADS)
    out.add_head_count_kv(HEADS)
    out.add_layer_norm_rms_eps(1e-5)
    out.add_rope_dimension_count(SIZE // HEADS)
    out.add_vocab_size(count)
    out.add_tokenizer_model("llama")
    out.add_token_list([text for text, _ in tokens])
    out.add_token_scores([0.0 if k != kind.NORMAL else float(len(t)) for t, k in tokens])
    out.add_token_types([k for _, k in tokens])
    out.add_bos_token_id(1)
    out.add_eos_token_id(2)
    out.add_unk_token_id(0)
    out.add_chat_template(
        "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}"
    )

    random = numpy.random.default_rng(1)

    def weights(*shape):
        return (random.standard_normal(shape) * 0.05).astype(numpy.float32)

    # The first dimension is the same for every token, so that some are likelier than others.
    embeddings = weights(count, SIZE)
    embeddings[:, 0] = 1.0
    output = weights(count, SIZE)
    for index, (text, _) in enumerate(tokens):
        if text in WORDS or text == '"':
            output[index, 0] = 0.5
    tensors = {
        "token_embd.weight": embeddings,
        "output_norm.weight": numpy.ones(SIZE, numpy.float32),
        "output.weight": output,
    }
    for layer in range(LAYERS):
        name = f"blk.{layer}"
        tensors[f"{name}.attn_norm.weight"] = numpy.ones(SIZE, numpy.float32)
        tensors[f"{name}.ffn_norm.weight"] = numpy.ones(SIZE, numpy.float32)
        for part in ["attn_q", "attn_k", "attn_v", "attn_output"]:
            tensors[f"{name}.{part}.weight"] = weights(SIZE, SIZE)
        tensors[f"{name}.ffn_gate.weight"] = weights(INNER, SIZE)
        tensors[f"{name}.ffn_up.weight"] = weights(INNER, SIZE)
        tensors[f"{name}.ffn_down.weight"] = weights(SIZE, INNER)
    for name, tensor in tensors.items():
        out.add_tensor(name, tensor)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


def main():
    path = sys.argv[1]
    write_model(path)
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.model_alias = {"tiny"}
    params.n_ctx = CONTEXT
    params.n_parallel = 2
    params.warmup = False
    params.port = 0
    params.ui = False
    params.cpuparams.n_threads = 2
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


main()
