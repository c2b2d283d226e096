//! The weights, computed.

use super::Piece;
use super::container::{Item, int8, item, text};

const DIM: usize = 128;
const HALF: usize = DIM / 2;
const FFN: usize = 112;
/// Pairs of dimensions (sine and cosine) that hold the position and nothing else.
const WAVES: usize = 26;
/// A dimension that is nought before every layer norm: what it reads after one is the mean.
const ZERO: usize = 63;
const CODE: usize = 32;
const AMPLITUDE: f32 = 100.0;
/// How sharply the encoder looks at its neighbours.
const GAIN: f32 = 40.0;

/// The places of everything but the position.
struct Places {
    /// Code of the translation.
    source: Vec<usize>,
    /// Code of the piece itself.
    target: Vec<usize>,
    /// Adjective, noun, next is noun, last was adjective: each with its complement.
    flags: [[usize; 2]; 4],
}

fn places() -> Places {
    let mut free = (0..DIM).filter(|dim| dim % HALF >= WAVES && *dim != ZERO);
    let source = free.by_ref().take(CODE).collect();
    let target = free.by_ref().take(CODE).collect();
    let mut next = || free.next().expect("enough dimensions");
    Places {
        source,
        target,
        flags: std::array::from_fn(|_| [next(), next()]),
    }
}

fn random(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

/// Balanced codes of which any two differ in eight places or more.
fn codes(count: usize) -> Vec<u32> {
    let mut codes: Vec<u32> = Vec::with_capacity(count);
    let mut state = 0x9E37_79B9_7F4A_7C15;
    while codes.len() < count {
        let mut code = 0_u32;
        while code.count_ones() < 16 {
            code |= 1 << (random(&mut state) % 32);
        }
        if codes.iter().all(|other| (other ^ code).count_ones() >= 8) {
            codes.push(code);
        }
    }
    codes
}

fn bit(code: u32, at: usize) -> f32 {
    if code >> at & 1 == 1 { 1.0 } else { -1.0 }
}

/// A matrix `[rows, columns]`, applied as `y = x W`.
struct Matrix {
    columns: usize,
    values: Vec<f32>,
}

impl Matrix {
    fn new(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            values: vec![0.0; rows * columns],
        }
    }

    fn add(&mut self, from: usize, to: usize, weight: f32) {
        self.values[from * self.columns + to] += weight;
    }

    /// Reads a dimension without the mean.
    fn add_centred(&mut self, from: usize, to: usize, weight: f32) {
        self.add(from, to, weight);
        self.add(ZERO, to, -weight);
    }
}

#[expect(clippy::cast_precision_loss, reason = "small")]
fn frequency(wave: usize) -> f32 {
    1e-4_f32.powf(wave as f32 / (HALF as f32 - 1.0))
}

/// Sine and cosine of a position moved by `by`, as factors of those of the position.
fn moved(wave: usize, by: f32) -> [(usize, usize, f32); 4] {
    let angle = frequency(wave) * by;
    let (sin, cos) = (wave, wave + HALF);
    [
        (sin, sin, angle.cos()),
        (cos, sin, angle.sin()),
        (cos, cos, angle.cos()),
        (sin, cos, -angle.sin()),
    ]
}

/// Where a head keeps sine and cosine of a wave.
fn slot(head: usize, dim: usize) -> usize {
    head * HALF + dim % HALF + if dim < HALF { 0 } else { WAVES }
}

struct Writer {
    is_int8: bool,
    items: Vec<Item>,
}

impl Writer {
    /// A weight, for input that is at most `most`, with its bias.
    fn affine(&mut self, name: &str, rows: usize, matrix: &Matrix, most: f32) {
        let columns = matrix.columns;
        if self.is_int8 {
            let values = &matrix.values;
            self.items.push(int8(name, rows, columns, values, true));
            let scale = format!("{name}_QuantMultA");
            self.items.push(item(&scale, 1, 1, &[127.0 / most]));
        } else {
            self.items.push(item(name, rows, columns, &matrix.values));
        }
    }

    fn vector(&mut self, name: &str, values: &[f32]) {
        self.items.push(item(name, 1, values.len(), values));
    }

    fn norm(&mut self, base: &str) {
        self.vector(&format!("{base}_ln_scale"), &[1.0; DIM]);
        self.vector(&format!("{base}_ln_bias"), &[0.0; DIM]);
    }

    /// Attention: query, key, value and output, each with what its input is at most.
    fn attention(&mut self, base: &str, matrices: [(&Matrix, f32); 4]) {
        for (letter, (matrix, most)) in ["q", "k", "v", "o"].iter().zip(matrices) {
            self.affine(&format!("{base}_W{letter}"), DIM, matrix, most);
            self.vector(&format!("{base}_b{letter}"), &[0.0; DIM]);
        }
        self.norm(&format!("{base}_Wo"));
    }

    fn ffn(&mut self, base: &str, first: (&Matrix, f32, &[f32]), second: (&Matrix, f32)) {
        self.affine(&format!("{base}_W1"), DIM, first.0, first.1);
        self.vector(&format!("{base}_b1"), first.2);
        self.affine(&format!("{base}_W2"), FFN, second.0, second.1);
        self.vector(&format!("{base}_b2"), &[0.0; DIM]);
        self.norm(&format!("{base}_ffn"));
    }
}

pub(super) fn items(pieces: &[Piece], sharp: f32, is_int8: bool) -> Vec<Item> {
    let places = places();
    // 72 dimensions have the amplitude, all others next to nothing.
    let sigma = AMPLITUDE * (72.0_f32 / 128.0).sqrt();
    let on = AMPLITUDE / sigma;
    // Whole numbers are given the range of positions, in which flags are cut off.
    let small = 1.5 / sigma;
    let mut writer = Writer {
        is_int8,
        items: vec![text(
            "special:model.yml",
            "dim-emb: 128\ntransformer-heads: 2\nenc-depth: 1\ndec-depth: 1\ntransformer-dim-ffn: 112\n",
        )],
    };
    embeddings(pieces, &places, &mut writer);
    encoder(
        &places,
        if is_int8 { small } else { on },
        small,
        &mut writer,
    );
    decoder(&places, sigma * sharp.sqrt(), small, &mut writer);
    writer.items
}

fn embeddings(pieces: &[Piece], places: &Places, writer: &mut Writer) {
    let codes = codes(pieces.len());
    let unit = AMPLITUDE / 128.0_f32.sqrt();
    let mut values = vec![0.0; pieces.len() * DIM];
    for (piece, row) in pieces.iter().zip(values.chunks_mut(DIM)) {
        let own = codes
            .iter()
            .zip(pieces)
            .find(|(_, one)| one.text == piece.text);
        let own = own.map_or(0, |(code, _)| *code);
        for at in 0..CODE {
            row[places.source[at]] = unit * bit(codes[piece.becomes], at);
            row[places.target[at]] = unit * bit(own, at);
        }
        for (flag, is_set) in [(0, piece.is_adjective), (1, piece.is_noun)] {
            let value = if is_set { unit } else { -unit };
            let [one, other] = places.flags[flag];
            (row[one], row[other]) = (value, -value);
        }
    }
    if writer.is_int8 {
        let embedding = int8("Wemb", pieces.len(), DIM, &values, false);
        writer.items.push(embedding);
        writer
            .items
            .push(item("none_QuantMultA", 1, 1, &[127.0 / 2.0]));
    } else {
        writer.items.push(item("Wemb", pieces.len(), DIM, &values));
    }
}

fn encoder(places: &Places, on: f32, small: f32, writer: &mut Writer) {
    let [adjective, noun, next_is_noun, last_was_adjective] = places.flags;
    let (mut query, mut key) = (Matrix::new(DIM, DIM), Matrix::new(DIM, DIM));
    let (mut value, mut output) = (Matrix::new(DIM, DIM), Matrix::new(DIM, DIM));
    for (head, by) in [(0, 1.0), (1, -1.0)] {
        for wave in 0..WAVES {
            for (from, to, weight) in moved(wave, by) {
                query.add(from, slot(head, to), GAIN * weight);
            }
            for dim in [wave, wave + HALF] {
                key.add(dim, slot(head, dim), 1.0);
            }
        }
    }
    for (head, from, to) in [(0, noun, next_is_noun), (1, adjective, last_was_adjective)] {
        let place = head * HALF;
        value.add(from[0], place, 1.0);
        output.add(place, to[0], 1.0);
        output.add(place, to[1], -1.0);
    }
    writer.attention(
        "encoder_l1_self",
        [
            (&query, 1.05),
            (&key, 1.05),
            (&value, 100.0),
            (&output, 100.0),
        ],
    );
    let (mut first, mut second) = (Matrix::new(DIM, FFN), Matrix::new(FFN, DIM));
    let shifts = [
        (1.0, adjective, next_is_noun),
        (-1.0, noun, last_was_adjective),
    ];
    for (number, (by, flag, neighbour)) in shifts.into_iter().enumerate() {
        let gate = 2 * 2 * WAVES + number;
        let open = |unit: usize, first: &mut Matrix| {
            first.add_centred(flag[0], unit, 1.0);
            first.add_centred(neighbour[0], unit, 1.0);
        };
        open(gate, &mut first);
        for wave in 0..WAVES {
            let unit = |dim: usize| number * 2 * WAVES + wave * 2 + dim / HALF;
            for (from, to, weight) in moved(wave, by) {
                let itself = if from == to { 1.0 } else { 0.0 };
                first.add_centred(from, unit(to), weight - itself);
            }
            for dim in [wave, wave + HALF] {
                open(unit(dim), &mut first);
                second.add(unit(dim), dim, 1.0);
                second.add(gate, dim, -1.0);
            }
        }
    }
    let bias = [-on; FFN];
    writer.ffn(
        "encoder_l1_ffn",
        (&first, small, &bias),
        (&second, 2.5 * small),
    );
}

fn decoder(places: &Places, gain: f32, small: f32, writer: &mut Writer) {
    let none = Matrix::new(DIM, DIM);
    writer.affine("decoder_l1_rnn_W", DIM, &none, 2.0);
    writer.affine("decoder_l1_rnn_Wf", DIM, &none, 2.0);
    writer.vector("decoder_l1_rnn_bf", &[0.0; DIM]);
    writer.norm("decoder_l1_rnn_ffn");
    let mut pick = Matrix::new(DIM, DIM);
    for wave in 0..WAVES {
        for dim in [wave, wave + HALF] {
            pick.add_centred(dim, slot(0, dim), gain);
        }
    }
    let (mut value, mut output) = (Matrix::new(DIM, DIM), Matrix::new(DIM, DIM));
    for at in 0..CODE {
        value.add_centred(places.source[at], at, 1.0);
        output.add(at, places.target[at], AMPLITUDE);
    }
    writer.attention(
        "decoder_l1_context",
        [
            (&pick, small),
            (&pick, small),
            (&value, 2.0),
            (&output, 2.0),
        ],
    );
    let (first, second) = (Matrix::new(DIM, FFN), Matrix::new(FFN, DIM));
    writer.ffn("decoder_l1_ffn", (&first, 2.0, &[0.0; FFN]), (&second, 2.0));
}
