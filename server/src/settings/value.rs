//! How a value is written: as a variable, a flag, or in TOML.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::http::client::Cidr;

/// A value that can be written in a file, a variable or a flag.
pub(super) trait Value: Sized {
    fn read(text: &str) -> Result<Self, String>;
}

impl Value for String {
    fn read(text: &str) -> Result<Self, String> {
        Ok(text.to_owned())
    }
}

impl Value for PathBuf {
    fn read(text: &str) -> Result<Self, String> {
        Ok(text.into())
    }
}

impl Value for SocketAddr {
    fn read(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "write an address and a port, such as 127.0.0.1:3000".to_owned())
    }
}

impl Value for bool {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "on" | "true" | "1" => Ok(true),
            "off" | "false" | "0" => Ok(false),
            _ => Err("write on or off".to_owned()),
        }
    }
}

impl Value for u64 {
    fn read(text: &str) -> Result<Self, String> {
        // 1_000_000 reads better than 1000000.
        text.replace('_', "")
            .parse()
            .map_err(|_| "write a whole number".to_owned())
    }
}

impl Value for u32 {
    fn read(text: &str) -> Result<Self, String> {
        u64::read(text)?
            .try_into()
            .map_err(|_| "the number is too large".to_owned())
    }
}

impl Value for usize {
    fn read(text: &str) -> Result<Self, String> {
        u64::read(text)?
            .try_into()
            .map_err(|_| "the number is too large".to_owned())
    }
}

impl Value for Vec<Cidr> {
    fn read(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|block| !block.is_empty())
            .map(|block| block.parse::<Cidr>().map_err(|error| error.to_string()))
            .collect()
    }
}

/// A plain TOML value as the text a variable would hold.
pub(super) fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(truth) => Some(truth.to_string()),
        toml::Value::Array(items) => Some(
            items
                .iter()
                .map(plain)
                .collect::<Option<Vec<_>>>()?
                .join(","),
        ),
        _ => None,
    }
}
