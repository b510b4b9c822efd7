//! The command line. Exit codes: 0 done, 1 failed or not as it should be, 2 asked wrongly
//! (unknown command, flag or setting).

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::commands;
use crate::settings::{Settings, SettingsError, Sources, environment};
use crate::telemetry;

/// 回音 Huiyin: every whistle gets an echo.
#[derive(Parser)]
#[command(
    name = "huiyin",
    version,
    after_help = "Exit codes: 0 done; 1 failed, or not as it \
    should be; 2 asked wrongly (unknown command, flag or setting)."
)]
struct Cli {
    #[command(flatten)]
    given: Given,
    #[command(subcommand)]
    command: Command,
}

/// Settings on the command line; they win over the environment and the file.
#[derive(Args)]
struct Given {
    /// TOML file with settings (default: huiyin.toml, if it exists)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address and port to listen on
    #[arg(long, global = true)]
    addr: Option<String>,
    /// Folder for the database, photos, keys and checkpoints
    #[arg(long, global = true, value_name = "FOLDER")]
    data_dir: Option<String>,
    /// postgres://user:password@host/name, or empty for SQLite in the data folder
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
    /// Address people use
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// Any setting of .env.example by its name in lower case, without HUIYIN_
    #[arg(long = "set", global = true, value_name = "NAME=VALUE")]
    set: Vec<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the portal
    Serve,
    /// Serve the demo city from its own data folder, made where there is none
    Demo,
    /// Bring the database's schema up to this program
    Migrate {
        /// PostgreSQL: also let this role serve, which may add to the log and not change it
        #[arg(long, value_name = "ROLE")]
        serve_role: Option<String>,
    },
    /// Write the staff of the demo city into the database
    Seed,
    /// Write a simulated history, made by the same rules
    Simulate {
        /// How many cases
        #[arg(long, default_value_t = 8_402)]
        cases: usize,
        /// The same seed gives the same history
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Check that nothing has been changed: exit 0 if so, 1 with the first bad place if not
    Verify,
    /// Fold all events into fresh projections
    Rebuild,
    /// Let the words, place and photos of cases be seen, as a named person
    Release {
        /// Who releases them
        #[arg(long, value_name = "NAME")]
        by: String,
        /// Case numbers
        #[arg(required = true)]
        numbers: Vec<String>,
    },
    /// Make an account for one of the three who look after others, or reset any: prints its first
    /// password
    User {
        /// What they sign in with: small letters, digits, dots, hyphens
        login: String,
        /// Their name
        #[arg(long, value_name = "NAME", required_unless_present = "reset")]
        name: Option<String>,
        /// `system_admin` (accounts), `security_admin` (appointments) or `auditor`
        #[arg(long, value_name = "ROLE", required_unless_present = "reset")]
        role: Option<String>,
        /// Another first password for an account there is; its authenticator is forgotten
        #[arg(long, conflicts_with_all = ["name", "role"])]
        reset: bool,
    },
    /// Print who looked at what is not public of a case, by name, and to whom it was handed on
    WhoSaw {
        /// The case's number
        number: String,
    },
    /// Try a duty register on cases of the last days: whom it would have lead, and who led. Exit 1 where
    /// nobody leads
    Route {
        /// How many days back
        #[arg(long, default_value_t = 30)]
        days: u32,
        /// The folder of another city's files, to be tried before it is put in force
        #[arg(long, value_name = "FOLDER")]
        city: Option<std::path::PathBuf>,
    },
    /// List letters, notices and other work that was put aside after its last try
    Jobs {
        /// Try all of it again
        #[arg(long)]
        again: bool,
    },
    /// Measure the filing rate of the store alone
    #[command(hide = true)]
    BenchStore {
        /// How many file at once
        #[arg(long, default_value_t = 64)]
        writers: usize,
        /// For how long
        #[arg(long, default_value_t = 5)]
        seconds: u64,
    },
    /// Measure whole lives of cases and the worklists of the desk
    #[command(hide = true)]
    BenchDesk {
        /// How many work at once
        #[arg(long, default_value_t = 64)]
        writers: usize,
        /// How many cases live
        #[arg(long, default_value_t = 2_000)]
        cases: usize,
    },
    /// Print every route with its permission
    Routes {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Ask the server at the set address whether it is ready: exit 0 if so, 1 if not
    Healthcheck,
}

impl Given {
    fn sources(self) -> Result<Sources, SettingsError> {
        let mut flags = Vec::new();
        for (name, value) in [
            ("addr", self.addr),
            ("data_dir", self.data_dir),
            ("database_url", self.database_url),
            ("base_url", self.base_url),
        ] {
            if let Some(value) = value {
                flags.push((name.to_owned(), value));
            }
        }
        for pair in self.set {
            match pair.split_once('=') {
                Some((name, value)) => flags.push((name.trim().to_owned(), value.to_owned())),
                None => {
                    return Err(SettingsError::Invalid {
                        name: pair,
                        place: "--set".into(),
                        why: "write name=value".into(),
                    });
                }
            }
        }
        Ok(Sources {
            file: self.config,
            environment: environment()?,
            flags,
        })
    }
}

/// Runs what the command line asks for.
pub fn main() -> ExitCode {
    let Cli { given, command } = Cli::parse();
    let settings = match given.sources().and_then(Settings::load) {
        Ok(settings) => settings,
        Err(error) => {
            eprintln!("huiyin: {error}");
            return ExitCode::from(2);
        }
    };
    if let Err(error) = telemetry::start(&settings.log, settings.log_json) {
        eprintln!("huiyin: {error}");
        return ExitCode::from(2);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("huiyin: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async move {
        match command {
            Command::Serve => commands::serve::run(settings).await,
            Command::Demo => commands::demo::run(settings).await,
            Command::Migrate { serve_role } => {
                commands::migrate::run(&settings, serve_role.as_deref()).await
            }
            Command::Seed => commands::simulate::seed(&settings).await,
            Command::Simulate { cases, seed } => {
                commands::simulate::run(&settings, cases, seed).await
            }
            Command::Verify => commands::verify::verify(&settings).await,
            Command::Rebuild => commands::verify::rebuild(&settings).await,
            Command::Release { by, numbers } => {
                commands::release::run(&settings, &by, &numbers).await
            }
            Command::User {
                login, name, role, ..
            } => {
                let words = match (&name, &role) {
                    (Some(name), Some(role)) => vec!["user", &login, name, role],
                    _ => vec!["reset", &login],
                };
                commands::user::run(&settings, &login, &words).await
            }
            Command::WhoSaw { number } => commands::who_saw::run(&settings, &number).await,
            Command::Jobs { again } => commands::jobs::run(&settings, again).await,
            Command::Route { days, city } => {
                commands::route::run(&settings, days, city.as_deref()).await
            }
            Command::BenchStore { writers, seconds } => {
                commands::bench_store::run(&settings, writers, seconds).await
            }
            Command::BenchDesk { writers, cases } => {
                commands::bench_desk::run(&settings, writers, cases).await
            }
            Command::Routes { json } => commands::routes::run(&settings, json),
            Command::Healthcheck => commands::healthcheck::run(&settings).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("huiyin: {error:#}");
            ExitCode::FAILURE
        }
    }
}
