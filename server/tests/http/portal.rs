//! The whole portal: pages and machine doors over a store of its own, with a client that says
//! exactly what it is told to say.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write as _;
use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::Arc;

use casework::staffing::Staffing;
use casework::{Desk, act, city_files, contract, people};
use domain::access::{self, Viewer};
use domain::case::{CallClass, Case};
use domain::decide::{Act, CallDue, Called};
use domain::ids::{ContractorCode, EngagementNo, UnitCode};
use domain::reference::CaseNumber;
use domain::time::Millis;
use http::HeaderMap;
use server::net::accept::{Ended, serve};
use server::net::gate::Gate;
use server::settings::Settings;
use server::startup::{Foundation, assemble, route_lines};
use server::well_known::WellKnown;
use store::testing::{Fresh, fresh_sqlite};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// 象岗社区.
pub const COMMUNITY: &str = "330383198023";

/// A running portal on SQLite; it ends with its test.
pub struct Portal {
    pub desk: Desk,
    pub fresh: Fresh,
    /// Every row of the table: method and path.
    pub routes: Vec<(String, &'static str)>,
    server: Server,
}

/// One answer.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// A header, empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie of this name that was set, as it is sent back; empty if there is none.
    pub fn cookie_of(&self, name: &str) -> String {
        let set = self.headers.get_all("set-cookie").iter();
        let mut pairs = set.filter_map(|value| value.to_str().unwrap().split(';').next());
        let found = pairs.find(|pair| pair.split('=').next() == Some(name));
        found.unwrap_or_default().to_owned()
    }

    /// The cookie that was set, as it is sent back.
    pub fn cookie(&self) -> String {
        let set = self.header("set-cookie");
        set.split(';').next().unwrap_or_default().to_owned()
    }
}

/// One server over a store.
struct Server {
    routes: Vec<(String, &'static str)>,
    addr: SocketAddr,
    _stop: oneshot::Sender<()>,
    _ended: JoinHandle<Ended>,
}

impl Server {
    /// Settings that are not told of `flags` are those that keep limits out of the way.
    async fn start(desk: &Desk, flags: &[(&str, &str)], demo: bool) -> Self {
        let wide = [
            ("lookups_per_minute", "100000"),
            ("lookups_per_second", "100000"),
            ("staged_per_hour", "100000"),
        ];
        let settings = Settings::for_tests(&[&wide, flags].concat());
        let settings = settings.map_err(|error| error.to_string()).unwrap();
        let doors = server::doors::open(&settings, desk, demo).unwrap();
        let foundation = Foundation {
            files: server::files::Files::default(),
            health: server::health::Health::default(),
            well_known: WellKnown {
                base_url: settings.base_url.clone(),
                demo,
                security_contact: String::new(),
                pages: doors.pages,
                clock: Arc::clone(desk.clock()),
            },
        };
        let lines = route_lines(&foundation, doors.lines);
        let routes = lines.into_iter().map(|line| (line.method, line.path));
        let routes = routes.collect();
        let router = assemble(doors.router, foundation, doors.not_found, doors.wrong_way);
        let rules = settings.gate_rules(demo, [0xc0, 0xff, 0xee, 0x01], doors.failure);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let stopping = async move {
            let _ = stopped.await;
        };
        let gate = Arc::new(Gate::new(router, rules));
        let ended = tokio::spawn(serve(listener, gate, settings.net_limits(), stopping));
        Self {
            routes,
            addr,
            _stop: stop,
            _ended: ended,
        }
    }
}

/// What was filed.
pub struct Receipt {
    pub number: String,
    pub code: String,
}

impl Portal {
    /// Opens the demo city for everybody.
    pub async fn open() -> Self {
        Self::set(&[], false).await
    }

    /// Opens it with these settings, and perhaps as a demonstration.
    pub async fn set(flags: &[(&str, &str)], demo: bool) -> Self {
        Self::over(fresh_sqlite().await, flags, demo).await
    }

    /// Opens it over this store.
    pub async fn over(fresh: Fresh, flags: &[(&str, &str)], demo: bool) -> Self {
        let city = Arc::new(city_files::load_embedded().unwrap());
        let desk = Desk::new(fresh.store.clone(), city)
            .following()
            .await
            .unwrap();
        let server = Server::start(&desk, flags, demo).await;
        Self {
            desk,
            fresh,
            routes: server.routes.clone(),
            server,
        }
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.server.addr
    }

    /// Goes on as another server over the same store, with these settings.
    pub async fn set_anew(&mut self, flags: &[(&str, &str)]) {
        self.server = Server::start(&self.desk, flags, false).await;
    }

    /// Asks as the form of our own page does. `headers` are whole lines.
    pub async fn ask(&self, method: &str, target: &str, headers: &[&str], body: &[u8]) -> Answer {
        let ours = ["Sec-Fetch-Site: same-origin"];
        let headers = [&ours, headers].concat();
        self.ask_as_told(method, target, &headers, body).await
    }

    /// Asks with these headers and no others.
    pub async fn ask_as_told(
        &self,
        method: &str,
        target: &str,
        headers: &[&str],
        body: &[u8],
    ) -> Answer {
        let mut head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.server.addr
        );
        for line in headers {
            head.push_str(line);
            head.push_str("\r\n");
        }
        if method != "GET" {
            write!(head, "Content-Length: {}\r\n", body.len()).unwrap();
        }
        head.push_str("\r\n");
        let mut stream = TcpStream::connect(self.server.addr).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // The server may answer and close before it has read everything.
        let _ = stream.write_all(body).await;
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all).await;
        read(&all).unwrap_or_else(|| panic!("no answer to {method} {target}"))
    }

    pub async fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[], &[]).await
    }

    /// GET with a cookie.
    pub async fn get_as(&self, cookie: &str, target: &str) -> Answer {
        let cookie = format!("Cookie: {cookie}");
        self.ask("GET", target, &[&cookie], &[]).await
    }

    /// Posts a form with a cookie, which may be empty.
    pub async fn post(&self, cookie: &str, target: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let cookie = format!("Cookie: {cookie}");
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let body = pairs.join("&");
        self.ask("POST", target, &[&cookie, kind], body.as_bytes())
            .await
    }

    /// Posts a form with one file in `photos`.
    pub async fn post_photo(
        &self,
        cookie: &str,
        target: &str,
        fields: &[(&str, &str)],
        (name, photo): (&str, &[u8]),
    ) -> Answer {
        let mut body = Vec::new();
        for (field, value) in fields {
            let part = format!(
                "--cut\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let part = format!(
            "--cut\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"{name}\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n--cut--\r\n");
        let cookie = format!("Cookie: {cookie}");
        let kind = "Content-Type: multipart/form-data; boundary=cut";
        self.ask("POST", target, &[&cookie, kind], &body).await
    }

    /// Posts JSON under a filing key.
    pub async fn post_json(&self, target: &str, key: &str, body: &serde_json::Value) -> Answer {
        let key = format!("Idempotency-Key: {key}");
        let body = body.to_string();
        let kind = "Content-Type: application/json";
        self.ask("POST", target, &[&key, kind], body.as_bytes())
            .await
    }

    /// Uploads a photo by the machine door; its id, or nothing where it was refused.
    pub async fn upload(&self, key: &str, photo: &[u8]) -> Option<String> {
        let key = format!("Idempotency-Key: {key}");
        let kind = "Content-Type: application/octet-stream";
        let answer = self
            .ask("POST", "/api/v1/uploads", &[&key, kind], photo)
            .await;
        (answer.status == 201).then(|| answer.json()["id"].as_str().unwrap().to_owned())
    }

    /// Files by the machine door; `change` goes over a whistle that holds as it is.
    pub async fn file(&self, key: &str, change: serde_json::Value) -> Receipt {
        let mut told = serde_json::json!({
            "kind": "whistle",
            "category": "street-vending",
            "community": COMMUNITY,
            "description": "人民路口的摊位占住了盲道，轮椅过不去",
            "place": { "address": "人民路与城南路口东南角" },
            "visibility": "public",
        });
        if let (Some(told), serde_json::Value::Object(change)) = (told.as_object_mut(), change) {
            told.extend(change);
        }
        let answer = self.post_json("/api/v1/cases", key, &told).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let body = answer.json();
        let of = |name: &str| body[name].as_str().unwrap().to_owned();
        Receipt {
            number: of("number"),
            code: of("receipt_code"),
        }
    }

    /// Opens a tracking session; its cookie.
    pub async fn track(&self, code: &str) -> String {
        let answer = self.post("", "/track", &[("code", code)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.cookie()
    }

    /// Lets the staff of the demo city sign in.
    pub async fn seed(&self) {
        let from = self.desk.now().plus(Millis::days(-30));
        let staffing = Staffing::of(&self.desk.city, from);
        people::seed(&self.desk, staffing).await.unwrap();
    }

    /// Signs in somebody of the demo city by the forms; the cookie of their session.
    pub async fn staff(&self, login: &str) -> String {
        if !self.is_seeded().await {
            self.seed().await;
        }
        let fields = [("login", login), ("password", people::DEMO_PASSWORD)];
        let asked = self.post("", "/sign-in", &fields).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let under_way = asked.cookie_of("signing-in");
        let code = self.code_of(login).await;
        let fields = [("act", "code"), ("code", code.as_str())];
        let done = self.post(&under_way, "/sign-in", &fields).await;
        assert_eq!(done.status, 303, "{}", done.text());
        // The next to sign in as the same person shows another code.
        self.fresh.clock.advance(Millis::seconds(90));
        done.cookie_of("staff")
    }

    async fn is_seeded(&self) -> bool {
        let mut reading = self.desk.store.read().await.unwrap();
        reading
            .person_by_login("commission")
            .await
            .unwrap()
            .is_some()
    }

    /// What the authenticator of somebody of the demo city shows now.
    pub async fn code_of(&self, login: &str) -> String {
        let person = self.person(login).await;
        let code = people::demo_code(&self.desk, &person).await.unwrap();
        code.expect("a person of the demo city")
    }

    /// The id of a login.
    pub async fn person(&self, login: &str) -> String {
        let mut reading = self.desk.store.read().await.unwrap();
        reading.person_by_login(login).await.unwrap().unwrap().id
    }

    /// The case as it stands.
    pub async fn case(&self, number: &str) -> Case {
        let number: CaseNumber = number.parse().unwrap();
        let all = access::scope(&Viewer::System);
        let mut reading = self.desk.store.read().await.unwrap();
        reading.case(&all, &number).await.unwrap().unwrap()
    }

    /// Calls the unit of street order to a case of 象岗, has it report in and engage a firm for ten days:
    /// the address of the firm's link.
    pub async fn engaged(&self, number: &str) -> String {
        let number: CaseNumber = number.parse().unwrap();
        let call = Act::Call {
            class: CallClass::HardProblem,
            units: vec![Called {
                unit: UnitCode::new("enforcement-appearance").unwrap(),
                lead: true,
            }],
            due: CallDue::Policy,
        };
        let engage = Act::Engage {
            part: 1,
            contractor: ContractorCode::new("clean-river").unwrap(),
            until: self.desk.now().plus(Millis::days(10)),
        };
        let officer = "officer-enforcement-appearance";
        for (login, act) in [
            ("secretary-xianggang", Act::Accept),
            ("secretary-xianggang", call),
            (officer, Act::ReportIn { part: 1 }),
            (officer, engage),
        ] {
            let person = self.person(login).await;
            let viewer = people::viewer(&self.desk, &person).await.unwrap();
            let done = act::act(&self.desk, &viewer, number, None, act).await;
            done.unwrap();
        }
        let case = self.case(&number.to_string()).await;
        contract::link(&self.desk, &case, EngagementNo(1)).unwrap()
    }

    /// A named person releases the words.
    pub async fn release(&self, number: &str) {
        let editor = people::editor(&self.desk, "测试").await.unwrap();
        let number: CaseNumber = number.parse().unwrap();
        act::act(&self.desk, &editor, number, None, Act::Publish)
            .await
            .unwrap();
    }
}

fn read(all: &[u8]) -> Option<Answer> {
    let cut = all.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&all[..cut]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        let name: http::HeaderName = name.parse().ok()?;
        headers.append(name, value.parse().ok()?);
    }
    assert!(
        !headers.contains_key("transfer-encoding"),
        "an answer of unknown length: this client does not read it"
    );
    Some(Answer {
        status,
        headers,
        body: all[cut + 4..].to_vec(),
    })
}

/// What the hidden or text field `name` of a form holds, once for each time it stands there.
pub fn fields(html: &str, name: &str) -> Vec<String> {
    let named = format!("name=\"{name}\"");
    let inputs = html.split("<input").skip(1);
    let tags = inputs.filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| tag.contains(&named))
        .filter_map(|tag| tag.split("value=\"").nth(1)?.split('"').next())
        .map(str::to_owned)
        .collect()
}

/// A text in an address or a form (`application/x-www-form-urlencoded`).
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap();
        }
        out
    })
}

/// A small picture, plain in one shade, and something behind its end that nobody may keep.
pub fn picture(shade: u8, behind: &str) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(24, 16, image::Rgb([shade, 120, 90]));
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    let mut bytes = bytes.into_inner();
    bytes.extend_from_slice(behind.as_bytes());
    bytes
}
