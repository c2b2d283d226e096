//! Reads the headers of a model before the engine does: what is wrong there ends the engine, or
//! the whole program, without a word.

use std::collections::HashMap;

const VERSION: u64 = 1;
/// Real models have some hundred tensors, with two dimensions at most.
const ITEMS_MAX: u64 = 10_000;
const NAME_MAX: u64 = 1024;
const SHAPE_MAX: u64 = 4;
const LAYERS_MAX: usize = 64;

const F32: u64 = 0x404;
const INT8: u64 = 0x101;
const INTGEMM8: u64 = 0x4101;

const CUT_SHORT: &str = "the file is cut short";

/// A tensor, as the header has it.
#[derive(Debug)]
struct Item<'m> {
    kind: u64,
    shape: Vec<usize>,
    data: &'m [u8],
}

impl Item<'_> {
    fn elements(&self) -> Option<usize> {
        self.shape
            .iter()
            .try_fold(1_usize, |product, n| product.checked_mul(*n))
    }
}

/// Reads little-endian numbers.
struct Reader<'m> {
    rest: &'m [u8],
}

impl<'m> Reader<'m> {
    fn take(&mut self, len: u64) -> Result<&'m [u8], String> {
        let len = usize::try_from(len).map_err(|_| CUT_SHORT)?;
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(CUT_SHORT)?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u64, String> {
        let bytes: [u8; 8] = self.take(8)?.try_into().map_err(|_| CUT_SHORT)?;
        Ok(u64::from_le_bytes(bytes))
    }
}

/// What a model is made of.
#[derive(Debug)]
pub(super) struct Shape {
    /// How many pieces it takes in.
    pub(super) source_rows: usize,
    /// How many pieces it can put out.
    pub(super) target_rows: usize,
}

/// Checks that a model's file is what it says and has everything that the engine asks for.
///
/// # Errors
/// What is wrong with it.
pub(super) fn check(bytes: &[u8]) -> Result<Shape, String> {
    let items = items(bytes)?;
    Checked { items }.shape()
}

fn items(bytes: &[u8]) -> Result<HashMap<String, Item<'_>>, String> {
    let mut reader = Reader { rest: bytes };
    if reader.number()? != VERSION {
        return Err("this is not a model in Marian's binary form, version 1".to_owned());
    }
    let count = reader.number()?;
    if count > ITEMS_MAX {
        return Err(format!("the header promises {count} tensors"));
    }
    let mut headers = Vec::new();
    for _ in 0..count {
        let (name, kind) = (reader.number()?, reader.number()?);
        let (shape, data) = (reader.number()?, reader.number()?);
        if name > NAME_MAX || shape > SHAPE_MAX {
            return Err("a header makes no sense".to_owned());
        }
        headers.push((name, kind, shape, data));
    }
    let mut names = Vec::new();
    for (name, ..) in &headers {
        let raw = reader.take(*name)?;
        let end = raw.iter().position(|byte| *byte == 0).unwrap_or(raw.len());
        names.push(String::from_utf8_lossy(&raw[..end]).into_owned());
    }
    let mut shapes = Vec::new();
    for (name, (_, _, shape, _)) in names.iter().zip(&headers) {
        let sizes = reader.take(shape * 4)?;
        let sizes = sizes.chunks_exact(4).map(|size| {
            let size = i32::from_le_bytes([size[0], size[1], size[2], size[3]]);
            usize::try_from(size).ok().filter(|size| *size > 0)
        });
        let sizes: Option<Vec<usize>> = sizes.collect();
        shapes.push(sizes.ok_or_else(|| format!("the shape of {name} makes no sense"))?);
    }
    let padding = reader.number()?;
    reader.take(padding)?;
    let mut items = HashMap::new();
    for ((name, shape), (_, kind, _, data)) in names.into_iter().zip(shapes).zip(headers) {
        let data = reader.take(data)?;
        let item = Item { kind, shape, data };
        let needed = item.elements().and_then(|elements| match kind {
            F32 => elements.checked_mul(4),
            // What is multiplied has its factor behind it.
            INTGEMM8 => elements.checked_add(4),
            INT8 => Some(elements),
            _ => None,
        });
        match needed {
            None => return Err(format!("the type of {name} is not one of Firefox's models")),
            Some(needed) if needed > data.len() => {
                return Err(format!("{name} is shorter than its shape"));
            }
            Some(_) => {}
        }
        items.insert(name, item);
    }
    Ok(items)
}

/// The tensors of a model while it is looked whether all are there.
struct Checked<'m> {
    items: HashMap<String, Item<'m>>,
}

impl Checked<'_> {
    fn shape(&self) -> Result<Shape, String> {
        let dim = self.setting("dim-emb", 384)?;
        let heads = self.setting("transformer-heads", 8)?;
        let ffn = self.setting("transformer-dim-ffn", 1536)?;
        if dim < 4 || !dim.is_multiple_of(2) || !dim.is_multiple_of(heads) {
            return Err(format!("dim-emb {dim} does not go with {heads} heads"));
        }
        let (source, target) = if self.items.contains_key("Wemb") {
            ("Wemb", "Wemb")
        } else {
            ("encoder_Wemb", "decoder_Wemb")
        };
        let shape = Shape {
            source_rows: self.embedding(source, dim)?,
            target_rows: self.embedding(target, dim)?,
        };
        if self.items.contains_key("decoder_ff_logit_out_b") {
            self.vector("decoder_ff_logit_out_b", shape.target_rows)?;
        }
        for layer in 1..=self.layers("enc-depth", 6)? {
            self.attention(&format!("encoder_l{layer}_self"), dim)?;
            self.ffn(&format!("encoder_l{layer}_ffn"), dim, ffn)?;
        }
        for layer in 1..=self.layers("dec-depth", 4)? {
            let base = format!("decoder_l{layer}");
            self.weight(&format!("{base}_rnn_W"), dim, dim)?;
            self.weight(&format!("{base}_rnn_Wf"), dim, dim)?;
            self.vector(&format!("{base}_rnn_bf"), dim)?;
            self.norm(&format!("{base}_rnn_ffn"), dim)?;
            self.attention(&format!("{base}_context"), dim)?;
            self.ffn(&format!("{base}_ffn"), dim, ffn)?;
        }
        if !self.is_float() {
            let has = |name: &str| self.items.contains_key(name);
            if !has("none_QuantMultA") && !has("decoder_Wemb_QuantMultA") {
                return Err("none_QuantMultA is missing".to_owned());
            }
        }
        Ok(shape)
    }

    /// A number of the embedded settings, read as the engine reads it.
    fn setting(&self, key: &str, default: usize) -> Result<usize, String> {
        let Some(item) = self.items.get("special:model.yml") else {
            return Err("special:model.yml is missing".to_owned());
        };
        let text = String::from_utf8_lossy(item.data);
        let value = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix(key)?.trim().strip_prefix(':'))
            .find_map(|value| value.trim().trim_end_matches('\0').parse().ok())
            .unwrap_or(default);
        if value == 0 {
            return Err(format!("{key} is 0"));
        }
        Ok(value)
    }

    fn layers(&self, key: &str, default: usize) -> Result<usize, String> {
        let layers = self.setting(key, default)?;
        if layers > LAYERS_MAX {
            return Err(format!("{key} is {layers}"));
        }
        Ok(layers)
    }

    fn item(&self, name: &str) -> Result<&Item<'_>, String> {
        self.items
            .get(name)
            .ok_or_else(|| format!("{name} is missing"))
    }

    /// Whether the weights are floats: one is enough for the engine to take them all for floats.
    fn is_float(&self) -> bool {
        self.items.iter().any(|(name, item)| {
            item.kind == F32
                && item.shape.len() == 2
                && item.shape.iter().all(|size| *size > 1)
                && !name.ends_with("Wemb")
        })
    }

    /// Rows of an embedding.
    fn embedding(&self, name: &str, dim: usize) -> Result<usize, String> {
        let item = self.item(name)?;
        match item.shape.as_slice() {
            [rows, columns] if *columns == dim => Ok(*rows),
            shape => Err(format!("{name} has the shape {shape:?}, not [any, {dim}]")),
        }
    }

    fn weight(&self, name: &str, rows: usize, columns: usize) -> Result<(), String> {
        let item = self.item(name)?;
        if item.shape != [rows, columns] {
            let shape = &item.shape;
            return Err(format!(
                "{name} has the shape {shape:?}, not [{rows}, {columns}]"
            ));
        }
        if (item.kind == F32) != self.is_float() {
            return Err(format!("{name} is of another type than other weights"));
        }
        if item.kind != F32 {
            self.vector(&format!("{name}_QuantMultA"), 1)?;
        }
        Ok(())
    }

    fn vector(&self, name: &str, len: usize) -> Result<(), String> {
        let item = self.item(name)?;
        if item.kind != F32 || item.elements() != Some(len) {
            return Err(format!("{name} is not a vector of {len} floats"));
        }
        Ok(())
    }

    fn norm(&self, base: &str, dim: usize) -> Result<(), String> {
        self.vector(&format!("{base}_ln_scale"), dim)?;
        let bias = format!("{base}_ln_bias");
        if self.items.contains_key(&bias) {
            self.vector(&bias, dim)?;
        }
        Ok(())
    }

    fn attention(&self, base: &str, dim: usize) -> Result<(), String> {
        for letter in ["q", "k", "v", "o"] {
            self.weight(&format!("{base}_W{letter}"), dim, dim)?;
            self.vector(&format!("{base}_b{letter}"), dim)?;
        }
        self.norm(&format!("{base}_Wo"), dim)
    }

    fn ffn(&self, base: &str, dim: usize, ffn: usize) -> Result<(), String> {
        self.weight(&format!("{base}_W1"), dim, ffn)?;
        self.vector(&format!("{base}_b1"), ffn)?;
        self.weight(&format!("{base}_W2"), ffn, dim)?;
        self.vector(&format!("{base}_b2"), dim)?;
        self.norm(&format!("{base}_ffn"), dim)
    }
}
