//! A server on a free port, with a few routes that do what handlers do, and a client that speaks
//! raw bytes.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use app::http::body::{FormLimits, read_form};
use app::http::client::ClientAddr;
use app::http::table::{Permission, Route, Table};
use axum::body::Body;
use axum::extract::Extension;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::time::{MovedClock, Timestamp};
use server::files::Files;
use server::health::Health;
use server::net::accept::{Ended, NetLimits, serve};
use server::net::gate::{Gate, GateRules, plain_failure};
use server::settings::Settings;
use server::startup::{Foundation, assemble, plain_not_found, plain_wrong_way};
use server::well_known::WellKnown;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// A running server.
pub struct City {
    pub addr: SocketAddr,
    /// How often `/canary` was asked: a smuggled request would be counted.
    pub canary: Arc<AtomicUsize>,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Ended>,
}

/// What a test may change before the start.
pub struct Plan {
    pub net: NetLimits,
    pub gate: GateRules,
    pub forms: FormLimits,
}

impl City {
    /// Starts with these settings.
    pub async fn start(flags: &[(&str, &str)]) -> Self {
        Self::planned(flags, |_| {}).await
    }

    /// Starts after `change` has been made to what follows from the settings.
    pub async fn planned(flags: &[(&str, &str)], change: impl FnOnce(&mut Plan)) -> Self {
        let settings = Settings::for_tests(flags)
            .map_err(|error| error.to_string())
            .unwrap();
        let mut plan = Plan {
            net: settings.net_limits(),
            gate: settings.gate_rules(false, [0xc0, 0xff, 0xee, 0x00], Arc::new(plain_failure)),
            forms: settings.form_limits(),
        };
        change(&mut plan);
        let canary = Arc::new(AtomicUsize::new(0));
        let foundation = Foundation {
            files: Files::default(),
            health: Health::default(),
            well_known: WellKnown {
                base_url: settings.base_url.clone(),
                demo: false,
                security_contact: String::new(),
                pages: Vec::new(),
                clock: Arc::new(MovedClock::new(Timestamp::from_millis(0))),
            },
        };
        let doors = routes(plan.forms, Arc::clone(&canary)).into_router();
        let router = assemble(doors, foundation, plain_not_found(), plain_wrong_way());
        let gate = Arc::new(Gate::new(router, plan.gate));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopping = async move {
            let _ = stopped.await;
        };
        let ended = tokio::spawn(serve(listener, gate, plan.net, stopping));
        Self {
            addr,
            canary,
            stop,
            ended,
        }
    }

    /// Tells it to stop and waits for the end.
    pub async fn stop(self) -> Ended {
        let _ = self.stop.send(());
        self.ended.await.unwrap()
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.addr).await.unwrap()
    }

    /// Sends `bytes` on a fresh connection and reads until the server closes it, at most 10 s.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect().await;
        // The server may close before it has read everything.
        let _ = stream.write_all(bytes).await;
        read_all(&mut stream).await
    }

    /// GET `path` with further header lines, connection closed after it.
    pub async fn get(&self, path: &str, headers: &str) -> String {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.addr
        );
        self.raw(format!("{head}{headers}\r\n").as_bytes()).await
    }

    /// POST a plain form.
    pub async fn post(&self, path: &str, headers: &str, body: &str) -> String {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            self.addr,
            body.len()
        );
        self.raw(format!("{head}{headers}\r\n{body}").as_bytes())
            .await
    }

    /// The server still answers.
    pub async fn is_well(&self) -> bool {
        status(&self.get("/healthz", "").await) == 200
    }
}

/// Everything until the end, at most 10 s; a reset is an end.
pub async fn read_all(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let reading = async {
        let mut chunk = [0; 4_096];
        while let Ok(length @ 1..) = stream.read(&mut chunk).await {
            all.extend_from_slice(&chunk[..length]);
        }
    };
    timeout(Duration::from_secs(10), reading)
        .await
        .expect("the server should have closed");
    String::from_utf8_lossy(&all).into_owned()
}

/// The status of the first answer, 0 if there is none.
pub fn status(answer: &str) -> u16 {
    answer
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3)?.parse().ok())
        .unwrap_or(0)
}

fn routes(forms: FormLimits, canary: Arc<AtomicUsize>) -> Table<()> {
    Table::new(vec![
        Route::get("/canary", Permission::Everyone, move || {
            canary.fetch_add(1, Ordering::Relaxed);
            async { "canary" }
        }),
        Route::get(
            "/who",
            Permission::Everyone,
            |Extension(who): Extension<ClientAddr>| async move { who.0.to_string() },
        ),
        Route::get("/panic", Permission::Everyone, || async {
            let words = String::from("somebody's words");
            assert!(words.is_empty(), "panicked over {words}");
        }),
        Route::get("/api/panic", Permission::Everyone, || async {
            let words = String::from("somebody's words");
            assert!(words.is_empty(), "panicked over {words}");
        }),
        Route::get("/slow", Permission::Everyone, || async {
            tokio::time::sleep(Duration::from_millis(500)).await;
            "slow"
        }),
        Route::get("/hang", Permission::Everyone, || async {
            futures::future::pending::<()>().await;
        }),
        Route::get("/big", Permission::Everyone, || async {
            vec![b'x'; 50_000_000]
        }),
        Route::post(
            "/form",
            Permission::Anyone,
            move |headers: HeaderMap, body: Body| async move {
                match read_form(&headers, body, &forms).await {
                    Ok(form) => format!("{} fields, {} files", form.fields.len(), form.files.len())
                        .into_response(),
                    Err(error) => Response::builder()
                        .status(error.status())
                        .body(Body::from(error.to_string()))
                        .unwrap(),
                }
            },
        ),
    ])
}
