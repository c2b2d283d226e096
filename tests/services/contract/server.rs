//! A small HTTP/1.1 server that answers as it is told, and can misbehave in every way.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

/// A request that came in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

fn find<'a>(list: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut values = list.iter().filter(|(one, _)| one == name);
    values.next().map(|(_, value)| value.as_str())
}

/// What is answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) delay: Duration,
    /// Ends the connection after half of the body.
    pub(crate) is_cut: bool,
}

impl Answer {
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    pub(crate) fn text(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", kind.to_owned())],
            body: body.into(),
            delay: Duration::ZERO,
            is_cut: false,
        }
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// What is done to the answer of the contract, for one request.
pub(crate) type Fault = Box<dyn FnOnce(Answer) -> Answer + Send>;

type Service = dyn Fn(&Request) -> Answer + Send + Sync;

/// A server on a free port; it ends with this.
pub(crate) struct Server {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    service: Box<Service>,
    seen: Mutex<Vec<Request>>,
    /// Each for a request of this method.
    faults: Mutex<VecDeque<(&'static str, Fault)>>,
    is_over: AtomicBool,
}

impl Server {
    pub(crate) fn start(service: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared {
            service: Box::new(service),
            seen: Mutex::default(),
            faults: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if own.is_over.load(Ordering::Relaxed) {
                    break;
                }
                let own = Arc::clone(&own);
                std::thread::spawn(move || {
                    // A client that goes away is no failure of the test.
                    drop(own.serve(&stream.expect("a connection")));
                });
            }
        });
        Self { url, shared }
    }

    /// What is to happen to the next requests that post something, one after the other.
    pub(crate) fn fault(&self, fault: impl FnOnce(Answer) -> Answer + Send + 'static) {
        self.shared.add_fault("POST", Box::new(fault));
    }

    /// The same for requests that ask for something, as for the languages.
    pub(crate) fn fault_get(&self, fault: impl FnOnce(Answer) -> Answer + Send + 'static) {
        self.shared.add_fault("GET", Box::new(fault));
    }

    /// Every request so far.
    pub(crate) fn seen(&self) -> Vec<Request> {
        self.shared.seen.lock().expect("the requests").clone()
    }

    /// Every request so far that posted something.
    pub(crate) fn posts(&self) -> Vec<Request> {
        let mut seen = self.seen();
        seen.retain(|request| request.method == "POST");
        seen
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        // It waits for a connection; this one ends it.
        drop(TcpStream::connect(self.url.trim_start_matches("http://")));
    }
}

impl Shared {
    fn add_fault(&self, method: &'static str, fault: Fault) {
        let mut faults = self.faults.lock().expect("the faults");
        faults.push_back((method, fault));
    }

    fn next_fault(&self, method: &str) -> Option<Fault> {
        let mut faults = self.faults.lock().expect("the faults");
        let next = faults.iter().position(|(wanted, _)| *wanted == method)?;
        faults.remove(next).map(|(_, fault)| fault)
    }

    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        while let Some(request) = read(&mut reader)? {
            self.seen
                .lock()
                .expect("the requests")
                .push(request.clone());
            let mut answer = (self.service)(&request);
            if let Some(fault) = self.next_fault(&request.method) {
                answer = fault(answer);
            }
            std::thread::sleep(answer.delay);
            write(stream, &answer)?;
            if answer.is_cut {
                return stream.shutdown(std::net::Shutdown::Both);
            }
        }
        Ok(())
    }
}

fn read(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default().to_owned();
    let url = url::Url::parse("http://server")
        .and_then(|base| base.join(&target))
        .map_err(std::io::Error::other)?;
    let mut request = Request {
        method,
        path: url.path().to_owned(),
        query: url.query_pairs().into_owned().collect(),
        ..Request::default()
    };
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim().split_once(':') {
            Some((name, value)) => {
                let name = name.to_ascii_lowercase();
                request.headers.push((name, value.trim().to_owned()));
            }
            None => break,
        }
    }
    let len = request.header("content-length").unwrap_or("0");
    let len = len.parse().map_err(std::io::Error::other)?;
    request.body = vec![0; len];
    reader.read_exact(&mut request.body)?;
    Ok(Some(request))
}

fn write(mut stream: &TcpStream, answer: &Answer) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} X\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
    let len = if answer.is_cut {
        answer.body.len() / 2
    } else {
        answer.body.len()
    };
    // In one piece: the second would wait until the client has confirmed the first.
    stream.write_all(&[head.as_bytes(), &answer.body[..len]].concat())?;
    stream.flush()
}
