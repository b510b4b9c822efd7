//! Settings: a TOML file, then the environment, then flags; what comes later wins.
//!
//! There is one table. It makes the struct, the defaults, the names in the environment
//! (`HUIYIN_` and the name in capitals), the unknown-key check and `.env.example`. **To add a
//! setting**, add a row with its default and one sentence, and run the tests: they say when
//! `.env.example` must be written anew.

mod value;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use app::http::client::Cidr;

use value::{Value, plain};

/// What stands before every name in the environment.
pub const PREFIX: &str = "HUIYIN_";

/// Names with this prefix are for tests, which may start a server from their own environment.
const TEST_PREFIX: &str = "HUIYIN_TEST_";

/// The file read if none is named and it exists.
const DEFAULT_FILE: &str = "huiyin.toml";

/// A setting is unknown, unreadable or impossible.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// No setting has this name.
    #[error("{place}: there is no setting {name:?}{hint}")]
    Unknown {
        /// The name as it was written.
        name: String,
        /// Where it was written.
        place: String,
        /// ", did you mean …?" or nothing.
        hint: String,
    },
    /// The value cannot be read. It is not repeated: it may be a password.
    #[error("{place}: {name}: {why}")]
    Invalid {
        /// The setting.
        name: String,
        /// Where it was written.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// The file cannot be read.
    #[error("{path}: {why}")]
    File {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
}

/// One row of the table, as `.env.example` shows it.
struct Row {
    name: &'static str,
    default: &'static str,
    doc: &'static [&'static str],
}

macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:literal;)+) => {
        /// Everything an operator can set. It has no `Debug`: the database address may hold a
        /// password.
        #[derive(Clone)]
        pub struct Settings {
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        const TABLE: &[Row] = &[
            $(Row { name: stringify!($name), default: $default, doc: &[$($doc),+] },)+
        ];

        impl Default for Settings {
            fn default() -> Self {
                Self {
                    $($name: <$type as Value>::read($default)
                        .expect("a test reads every default"),)+
                }
            }
        }

        impl Settings {
            /// Sets one by name. `None`: there is no such name.
            fn set(&mut self, name: &str, text: &str) -> Option<Result<(), String>> {
                match name {
                    $(stringify!($name) => {
                        Some(<$type as Value>::read(text).map(|value| self.$name = value))
                    })+
                    _ => None,
                }
            }
        }
    };
}

settings! {
    /// Address and port to listen on. Only this machine by default: put a proxy with TLS in front.
    addr: SocketAddr = "127.0.0.1:3000";
    /// Folder for the database, photos, keys and checkpoints.
    data_dir: PathBuf = "./data";
    /// Database: empty for SQLite in the data folder, or `postgres://user:password@host/name`.
    database_url: String = "";
    /// Address people use, such as `https://city.example`. Links are made from it, cookies are
    /// Secure where it is https. Empty: http and the address above.
    base_url: String = "";
    /// Folder with the city's data files. Empty: the demo city, which is built in.
    city_dir: PathBuf = "";
    /// Connections to the database.
    database_connections: u32 = "8";
    /// Accept a PostgreSQL that may lose what it acknowledged (for tests).
    allow_unsafe_postgres: bool = "off";
    /// Folder with the built browser files (`pkg/`). If it is absent, pages work without islands.
    site_dir: PathBuf = "./target/site";
    /// Proxies whose `X-Forwarded-For` is believed, such as `127.0.0.1, 10.0.0.0/8`.
    trusted_proxies: Vec<Cidr> = "";

    /// Which log lines are written: error, warn, info, debug or a filter such as `info,sqlx=warn`.
    log: String = "info";
    /// Log lines as JSON (on) or for reading at a terminal (off).
    log_json: bool = "on";
    /// Keep rendered public pages in memory while nothing changes.
    page_cache: bool = "on";
    /// Bytes the page cache may hold.
    page_cache_bytes: usize = "64_000_000";
    /// Serve and follow, but accept nothing new.
    read_only: bool = "off";
    /// Not ready when less than this share of the disk is free, in per cent.
    disk_min_percent: u32 = "5";

    /// Connections at once; one more is answered 503.
    max_connections: usize = "4096";
    /// Connections at once from one network address (a trusted proxy is not counted).
    max_connections_per_address: usize = "512";
    /// Live streams at once, and never more than half of `max_connections`; one more is answered 503,
    /// and the page works without.
    streams: usize = "2000";
    /// Live streams at once from one network address; one more is answered 429.
    streams_per_address: usize = "20";
    /// Live streams of the desk at once from one network address; an office is often one address.
    desk_streams_per_address: usize = "200";
    /// Seconds of silence after which a live stream says that it is there. Less than what a proxy in
    /// front waits for.
    stream_beat_seconds: u64 = "15";
    /// Seconds a live stream lasts; browsers come back by themselves.
    stream_seconds: u64 = "1800";
    /// Seconds for the head of a request, and for the pause between two requests.
    header_seconds: u64 = "10";
    /// Longest head of a request, in bytes.
    max_header_bytes: usize = "16_384";
    /// Seconds for a request without photos.
    request_seconds: u64 = "15";
    /// Seconds for a request with photos; more as long as `body_rate` is kept.
    upload_seconds: u64 = "60";
    /// Seconds for a request with photos, whatever the rate.
    upload_seconds_max: u64 = "600";
    /// Bytes a second a body must bring to be given more time.
    body_rate: u64 = "8_192";
    /// Seconds a body may pause.
    body_idle_seconds: u64 = "20";
    /// Seconds a client may take nothing of an answer.
    write_idle_seconds: u64 = "30";
    /// Seconds running requests get to end when the server stops.
    stop_seconds: u64 = "20";

    /// Longest JSON body, in bytes.
    json_bytes: usize = "262_144";
    /// Longest form without photos, in bytes.
    form_bytes: usize = "524_288";
    /// Longest text field of a form, in bytes.
    form_text_bytes: usize = "65_536";
    /// Longest form with photos, in bytes.
    upload_bytes: u64 = "67_108_864";
    /// Parts of a form with photos.
    upload_parts: usize = "64";
    /// Longest head of a part, in bytes.
    upload_part_header_bytes: usize = "8_192";
    /// Longest photo as it is sent, in bytes.
    photo_bytes: usize = "10_485_760";
    /// Photos of one case.
    photos: usize = "6";
    /// Photos decoded at once.
    photo_workers: usize = "1";
    /// Photos one network address may stage in an hour.
    staged_per_hour: u32 = "60";
    /// Bytes of staged photos in all; beyond it text can still be filed.
    staged_bytes: u64 = "1_000_000_000";

    /// Filings of one network address in `filing_window_seconds` that are asked for nothing.
    filings_per_address: u32 = "200";
    /// The window, in seconds.
    filing_window_seconds: u64 = "600";
    /// Filings a second in all that are asked for nothing.
    filings_per_second: u32 = "20";
    /// Seconds to wait where many file at once and there is no JavaScript.
    filing_wait_seconds: u64 = "20";
    /// Work asked of a program where many file at once: about 2 to this power hashes.
    work_bits: u32 = "18";
    /// The most work ever asked.
    work_bits_max: u32 = "22";
    /// Receipt codes one network address may look up in a minute.
    lookups_per_minute: u32 = "5";
    /// Receipt codes looked up in a second in all.
    lookups_per_second: u32 = "10";
    /// Passwords one network address may try in a minute; an office is often one address.
    sign_ins_per_minute: u32 = "60";
    /// Passwords tried in a second in all.
    sign_ins_per_second: u32 = "20";

    /// The gateway for SMS and WeChat that takes letters to residents, such as
    /// `https://gateway.example/send`. Empty: none.
    gateway_url: String = "";
    /// What letters to the gateway are signed with, at least 16 characters.
    gateway_secret: String = "";
    /// The gateway that takes notices to the offices (the work messenger, the duty phone). Empty: none.
    office_gateway_url: String = "";
    /// What notices to that gateway are signed with, at least 16 characters.
    office_gateway_secret: String = "";
    /// The city's own sign-on for staff, by `OpenID` Connect: the provider's issuer, https. Empty: none.
    oidc_issuer: String = "";
    /// What the provider calls this portal. Its answer comes back to `/sign-in/city/back`.
    oidc_client_id: String = "";
    /// What proves to the provider that this portal asks.
    oidc_client_secret: String = "";
    /// What the button says: the name people know the sign-on by.
    oidc_name: String = "OpenID";
    /// What of the provider's answer is the login here: `preferred_username`, or `sub`.
    oidc_claim: String = "preferred_username";
    /// The mail server, such as `smtps://user:password@mail.example`. Empty: no mail.
    smtp_url: String = "";
    /// Who mail comes from, such as `回音 <echo@city.example>`.
    mail_from: String = "";

    /// Who runs this portal, in the footer. Empty: hidden, as with the next three.
    sponsor: String = "";
    /// ICP filing number.
    icp_number: String = "";
    /// Police filing number.
    police_number: String = "";
    /// Government site code.
    site_code: String = "";
    /// Where to report a security problem (`mailto:` or https), for security.txt. Empty: no file.
    security_contact: String = "";
}

/// Where settings come from, in rising order.
#[derive(Default)]
pub struct Sources {
    /// The TOML file; empty: [`DEFAULT_FILE`] if it exists.
    pub file: Option<PathBuf>,
    /// Variables that begin with [`PREFIX`].
    pub environment: Vec<(String, String)>,
    /// `--set name=value` and the flags that stand for one.
    pub flags: Vec<(String, String)>,
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// [`SettingsError`] for the first that is unknown, unreadable or impossible.
    pub fn load(sources: Sources) -> Result<Self, SettingsError> {
        let mut settings = Self::default();
        let mut file = sources.file;
        let mut variables = Vec::new();
        for (name, value) in sources.environment {
            if name.starts_with(TEST_PREFIX) || !name.starts_with(PREFIX) || value.is_empty() {
                continue;
            }
            if name == "HUIYIN_CONFIG" {
                file = file.or_else(|| Some(value.into()));
            } else {
                variables.push((name, value));
            }
        }
        let file = file.or_else(|| {
            let path = Path::new(DEFAULT_FILE);
            path.exists().then(|| path.to_owned())
        });
        if let Some(path) = file {
            settings.take_file(&path)?;
        }
        for (name, value) in variables {
            let key = name.strip_prefix(PREFIX).unwrap_or(&name).to_lowercase();
            // `huiyin_addr` in the environment is not ours to read as HUIYIN_ADDR.
            settings.take(&key, &value, "environment", &name)?;
        }
        for (name, value) in sources.flags {
            settings.take(&name, &value, "flag", &name)?;
        }
        settings.complete()?;
        Ok(settings)
    }

    /// Defaults, as tests want them.
    pub fn for_tests(flags: &[(&str, &str)]) -> Result<Self, SettingsError> {
        let flags = flags
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()))
            .collect();
        let file = Some(PathBuf::from("/dev/null"));
        Self::load(Sources {
            file,
            environment: Vec::new(),
            flags,
        })
    }

    fn take_file(&mut self, path: &Path) -> Result<(), SettingsError> {
        let wrong = |why: String| SettingsError::File {
            path: path.display().to_string(),
            why,
        };
        let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        let table: toml::Table =
            toml::from_str(&text).map_err(|error| wrong(error.message().to_owned()))?;
        for (name, value) in table {
            let value = plain(&value).ok_or_else(|| wrong(format!("{name} is no plain value")))?;
            self.take(&name, &value, &path.display().to_string(), &name)?;
        }
        Ok(())
    }

    fn take(
        &mut self,
        key: &str,
        text: &str,
        place: &str,
        shown: &str,
    ) -> Result<(), SettingsError> {
        match self.set(key, text.trim()) {
            Some(Ok(())) => Ok(()),
            Some(Err(why)) => Err(SettingsError::Invalid {
                name: shown.into(),
                place: place.into(),
                why,
            }),
            None => Err(SettingsError::Unknown {
                name: shown.into(),
                place: place.into(),
                hint: hint(key),
            }),
        }
    }

    /// Fills what follows from something else, and refuses what cannot be.
    fn complete(&mut self) -> Result<(), SettingsError> {
        if self.base_url.is_empty() {
            self.base_url = format!("http://{}", self.addr);
        }
        let wrong = |name: &str, why: &str| {
            Err(SettingsError::Invalid {
                name: name.into(),
                place: "settings".into(),
                why: why.into(),
            })
        };
        if !is_base_url(&self.base_url) {
            return wrong(
                "base_url",
                "write http:// or https:// and a host, nothing after it",
            );
        }
        if self.work_bits > self.work_bits_max || self.work_bits_max > 32 {
            return wrong("work_bits", "work_bits <= work_bits_max <= 32");
        }
        if self.max_header_bytes < 8_192 {
            return wrong("max_header_bytes", "at least 8192: browsers send as much");
        }
        for (name, value) in [
            ("max_connections", self.max_connections as u64),
            ("header_seconds", self.header_seconds),
            ("request_seconds", self.request_seconds),
            ("upload_seconds", self.upload_seconds),
            ("body_rate", self.body_rate),
            ("stream_beat_seconds", self.stream_beat_seconds),
            ("stream_seconds", self.stream_seconds),
            ("filings_per_address", self.filings_per_address.into()),
            ("filings_per_second", self.filings_per_second.into()),
            ("filing_window_seconds", self.filing_window_seconds),
            ("lookups_per_minute", self.lookups_per_minute.into()),
            ("lookups_per_second", self.lookups_per_second.into()),
            ("sign_ins_per_minute", self.sign_ins_per_minute.into()),
            ("sign_ins_per_second", self.sign_ins_per_second.into()),
        ] {
            if value == 0 {
                return wrong(name, "at least 1");
            }
        }
        Ok(())
    }

    /// Whether people reach us by https.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }
}

fn is_base_url(text: &str) -> bool {
    let Some(host) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    host.parse::<http::uri::Authority>()
        .is_ok_and(|authority| !authority.host().is_empty() && !authority.as_str().contains('@'))
}

/// The name that was most likely meant.
fn hint(name: &str) -> String {
    let shared = |row: &&Row| {
        row.name
            .bytes()
            .zip(name.bytes())
            .take_while(|(a, b)| a == b)
            .count()
    };
    match TABLE.iter().max_by_key(shared) {
        Some(row) if shared(&row) >= 4 => format!(", did you mean {}?", row.name),
        _ => String::new(),
    }
}

/// The process's own variables that begin with [`PREFIX`].
///
/// # Errors
/// [`SettingsError::Invalid`] if one is not UTF-8.
pub fn environment() -> Result<Vec<(String, String)>, SettingsError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where variables are read"
    )]
    let all = std::env::vars_os();
    all.filter_map(|(name, value)| {
        let name = name.into_string().ok()?;
        name.starts_with(PREFIX).then_some((name, value))
    })
    .map(|(name, value)| match value.into_string() {
        Ok(value) => Ok((name, value)),
        Err(_) => Err(SettingsError::Invalid {
            name,
            place: "environment".into(),
            why: "not UTF-8".into(),
        }),
    })
    .collect()
}

/// The text of `.env.example`.
pub fn example() -> String {
    let mut text = String::from(
        "# Every setting of Huiyin with its default. Set in the environment, in a TOML file\n\
         # (huiyin.toml, or the file named by HUIYIN_CONFIG or --config; names in lower case and\n\
         # without HUIYIN_) or by --set name=value; the last of these wins. An empty variable is as\n\
         # if it were not there. An unknown name is an error.\n",
    );
    for row in TABLE {
        text.push('\n');
        for line in row.doc {
            text.push('#');
            text.push_str(line);
            text.push('\n');
        }
        let line = format!("#{PREFIX}{}={}\n", row.name.to_uppercase(), row.default);
        text.push_str(&line);
    }
    text
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
