// @ts-check
/** Commands, containers and continuous integration. Pure. @import { Snippet } from "./snippets.js" @import { Target } from "./target.js" */
import { lines } from "./lines.js";
import { hostPort } from "./target.js";

/** What to say to curl and swaks of TLS. @type {Record<Target["tls"], { curl: string, swaks: string }>} */
const TLS = {
  none: { curl: "", swaks: "" },
  starttls: { curl: " --ssl-reqd --insecure", swaks: " --tls" },
  implicit: { curl: " --insecure", swaks: " --tls-on-connect" },
};

/** @type {Snippet[]} */
export const SHELL = [
  {
    id: "send",
    title: "mailtrap send",
    file: "shell",
    code: ({ tls, user, to, url, lmtp, ...at }) => lines(
      `export MAILTRAP_URL=${url}`,
      "mailtrap send                     # a sample",
      `mailtrap send --to ${to} message.eml`,
      tls === "none" && !user && !lmtp && `mailtrap send --smtp ${hostPort(at)} message.eml`,
    ),
  },
  {
    id: "curl",
    title: "curl",
    file: "shell",
    note: "The last line hands a file over by HTTP: it goes the same way as by SMTP.",
    code: ({ tls, user, password, to, url, ...at }) => lines(
      `curl ${tls === "implicit" ? "smtps" : "smtp"}://${hostPort(at)}${TLS[tls].curl} \\`,
      !!user && `  --user ${user}:${password} \\`,
      `  --mail-from app@example.com --mail-rcpt ${to} \\`,
      "  --upload-file message.eml",
      "",
      `curl ${url}/api/messages -H 'Content-Type: message/rfc822' --data-binary @message.eml`,
    ),
  },
  {
    id: "swaks",
    title: "swaks",
    file: "shell",
    lmtp: true,
    code: ({ tls, lmtp, user, password, to, ...at }) => lines(
      `swaks --server ${hostPort(at)}${TLS[tls].swaks}${lmtp ? " --protocol LMTP" : ""} \\`,
      !!user && `  --auth PLAIN --auth-user ${user} --auth-password ${password} \\`,
      `  --from app@example.com --to ${to}`,
    ),
  },
  {
    id: "postfix",
    title: "Postfix",
    file: "main.cf",
    lmtp: true,
    note: "All that this Postfix would deliver is caught.",
    code: ({ host, port, lmtp }) => (lmtp ? `mailbox_transport = lmtp:inet:[${host}]:${port}` : lines(`relayhost = [${host}]:${port}`, "smtp_tls_security_level = none")),
  },
];

/** @type {Snippet[]} */
export const CONTAINERS = [
  {
    id: "compose",
    title: "docker compose",
    file: "compose.yaml",
    note: "Within the network of compose the host is the name of the service, mail, never localhost.",
    code: () => lines(
      "services:",
      "  mail:",
      "    image: python:3.13-slim",
      "    command: >",
      '      sh -c "pip install -q mailtrap-catcher &&',
      "      mailtrap serve --smtp '*:1025' --http '*:8025' --allow-hosts mail\"",
      '    ports: ["8025:8025"]',
      "    healthcheck:",
      '      test: ["CMD", "mailtrap", "ready", "--timeout", "1s"]',
      "      interval: 5s",
      "      start_period: 60s",
      "  app:",
      "    environment:",
      "      SMTP_HOST: mail",
      '      SMTP_PORT: "1025"',
      "    depends_on:",
      "      mail: { condition: service_healthy }",
    ),
  },
  {
    id: "host",
    title: "App in a container",
    file: "compose.yaml",
    note: "For this server on the host: it has to listen on more than loopback, as with mailtrap --smtp '*:1025'. In a container localhost is the container itself.",
    code: ({ port, user, password }) => lines(
      "services:",
      "  app:",
      "    environment:",
      "      SMTP_HOST: host.docker.internal",
      `      SMTP_PORT: "${port}"`,
      !!user && `      SMTP_USER: ${user}`,
      !!user && `      SMTP_PASSWORD: ${password}`,
      "    extra_hosts:",
      '      - "host.docker.internal:host-gateway"   # Linux',
    ),
  },
  {
    id: "github",
    title: "GitHub Actions",
    file: ".github/workflows/test.yml",
    code: () => lines(
      "jobs:",
      "  test:",
      "    runs-on: ubuntu-latest",
      "    env:",
      "      SMTP_HOST: 127.0.0.1",
      '      SMTP_PORT: "1025"',
      "      MAILTRAP_URL: http://127.0.0.1:8025",
      "    steps:",
      "      - uses: actions/checkout@v4",
      "      - run: pipx install mailtrap-catcher",
      "      - run: mailtrap serve > mail.log 2>&1 &",
      "      - run: mailtrap ready --timeout 30s",
      "      - run: make test",
    ),
  },
];
