"""Pages of other sites that frame the sidebar as Zendesk and Chatwoot do."""

import http.server
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ZENDESK = """<!doctype html><title>A ticket in a helpdesk</title>
<textarea id="comment"></textarea>
<form id="login" method="post" target="app" action="{desk}/sidebar/zendesk?origin={own}&app_guid=g-1">
<input name="token" value="{token}"></form>
<iframe name="app" id="app" width="360" height="700"></iframe>
<script>
window.ticket = "{ticket}"; window.refused = 0;
addEventListener("message", (event) => {{
  if (event.origin !== "{desk}") return;
  const said = JSON.parse(event.data);
  const back = (data) => event.source.postMessage(JSON.stringify(data), event.origin);
  if (said.appGuid !== "g-1") return void window.refused++;
  if (said.key === "iframe.handshake") back({{ key: "zaf.app.registered", message: {{ context: {{}} }} }});
  if (said.request === "get") back({{ id: said.id, result: {{ "ticket.id": Number(window.ticket) }} }});
  if (said.request === "invoke") {{
    document.getElementById("comment").value += said.params["comment.appendText"][0];
    back({{ id: said.id, result: {{}} }});
  }}
}});
window.switchTo = (id) => {{
  window.ticket = id;
  document.getElementById("app").contentWindow.postMessage(JSON.stringify({{ key: "zaf.app.activated" }}), "{desk}");
}};
document.getElementById("login").submit();
</script>"""

CHATWOOT = """<!doctype html><title>A conversation in a helpdesk</title>
<iframe id="app" src="{desk}/sidebar/chatwoot" width="360" height="700"></iframe>
<script>
window.ticket = "{ticket}";
const tell = () => document.getElementById("app").contentWindow.postMessage(
  JSON.stringify({{ event: "appContext", data: {{ conversation: {{ id: Number(window.ticket) }} }} }}), "{desk}");
addEventListener("message", (event) => {{
  if (event.origin === "{desk}" && event.data === "chatwoot-dashboard-app:fetch-info") tell();
}});
window.switchTo = (id) => {{ window.ticket = id; tell(); }};
</script>"""

FRAMING = """<!doctype html><title>Another site</title><iframe id="app" src="{address}"></iframe>"""


def a_certificate(folder):
    """Key and certificate for this machine's loopback names: their paths."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return str(folder / "key.pem"), str(folder / "certificate.pem")


class OtherSite:
    """A site on ``https://localhost``, which browsers hold for another one than ``https://127.0.0.1``."""

    def __init__(self, tls):
        self.html = ""
        site = self

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                content = site.html.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                """Nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls[1], tls[0])
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.origin = f"https://localhost:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)
