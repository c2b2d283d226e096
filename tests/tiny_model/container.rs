//! Marian's container of tensors.

const F32: u64 = 0x404;
const INT8: u64 = 0x101;
const INTGEMM8: u64 = 0x4101;

/// A tensor.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) kind: u64,
    pub(crate) shape: Vec<i32>,
    pub(crate) data: Vec<u8>,
}

/// A tensor of floats.
pub(crate) fn item(name: &str, rows: usize, columns: usize, values: &[f32]) -> Item {
    assert_eq!(values.len(), rows * columns, "{name}");
    Item {
        name: name.to_owned(),
        kind: F32,
        shape: shape(rows, columns),
        data: values.iter().flat_map(|v| v.to_le_bytes()).collect(),
    }
}

/// Text, such as `special:model.yml`.
pub(super) fn text(name: &str, text: &str) -> Item {
    let mut data = text.as_bytes().to_vec();
    data.push(0);
    Item {
        name: name.to_owned(),
        kind: INT8,
        shape: vec![i32::try_from(data.len()).expect("short")],
        data,
    }
}

/// A weight of whole numbers; all but embeddings are stored turned over.
#[expect(clippy::cast_possible_truncation, reason = "at most 127")]
pub(crate) fn int8(name: &str, rows: usize, columns: usize, values: &[f32], turned: bool) -> Item {
    assert_eq!(values.len(), rows * columns, "{name}");
    let most = values.iter().fold(0.0_f32, |most, v| most.max(v.abs()));
    let factor = if most == 0.0 { 1.0 } else { 127.0 / most };
    let at = |row: usize, column: usize| {
        let value = (values[row * columns + column] * factor).round() as i8;
        value.to_le_bytes()[0]
    };
    let mut data: Vec<u8> = if turned {
        (0..columns)
            .flat_map(|column| (0..rows).map(move |row| (row, column)))
            .map(|(row, column)| at(row, column))
            .collect()
    } else {
        (0..rows)
            .flat_map(|row| (0..columns).map(move |column| (row, column)))
            .map(|(row, column)| at(row, column))
            .collect()
    };
    data.extend(factor.to_le_bytes());
    Item {
        name: name.to_owned(),
        kind: INTGEMM8,
        shape: shape(rows, columns),
        data,
    }
}

fn shape(rows: usize, columns: usize) -> Vec<i32> {
    [rows, columns]
        .map(|n| i32::try_from(n).expect("small"))
        .to_vec()
}

/// The file.
pub(crate) fn container(items: &[Item]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut put = |n: usize| out.extend((n as u64).to_le_bytes());
    put(1);
    put(items.len());
    for item in items {
        put(item.name.len() + 1);
        put(usize::try_from(item.kind).expect("small"));
        put(item.shape.len());
        put(item.data.len().next_multiple_of(256));
    }
    for item in items {
        out.extend(item.name.as_bytes());
        out.push(0);
    }
    for item in items {
        out.extend(item.shape.iter().flat_map(|n| n.to_le_bytes()));
    }
    let padding = (out.len() + 8).next_multiple_of(256) - out.len() - 8;
    out.extend((padding as u64).to_le_bytes());
    out.resize(out.len() + padding, 0);
    for item in items {
        out.extend(&item.data);
        out.resize(out.len().next_multiple_of(256), 0);
    }
    out
}
