// @ts-check
/** Settings for Python. Pure. @import { Snippet } from "./snippets.js" */
import { lines } from "./lines.js";

/** @param {boolean} on */
const truth = (on) => (on ? "True" : "False");

/** @type {Snippet[]} */
export const PYTHON = [
  {
    id: "django",
    title: "Django",
    file: "settings.py",
    note: "From Django 6.1 on. EMAIL_* settings are not read once there are MAILERS.",
    code: ({ host, port, tls, user, password }) => lines(
      "MAILERS = {",
      '    "default": {',
      '        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",',
      '        "OPTIONS": {',
      `            "host": "${host}",`,
      `            "port": ${port},`,
      !!user && `            "username": "${user}",`,
      !!user && `            "password": "${password}",`,
      tls === "starttls" && '            "use_tls": True,',
      tls === "implicit" && '            "use_ssl": True,',
      "        },",
      "    },",
      "}",
    ),
  },
  {
    id: "django-6.0",
    title: "Django up to 6.0",
    file: "settings.py",
    code: ({ host, port, tls, user, password }) => lines(
      'EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"',
      `EMAIL_HOST = "${host}"`,
      `EMAIL_PORT = ${port}`,
      !!user && `EMAIL_HOST_USER = "${user}"`,
      !!user && `EMAIL_HOST_PASSWORD = "${password}"`,
      tls === "starttls" && "EMAIL_USE_TLS = True",
      tls === "implicit" && "EMAIL_USE_SSL = True",
    ),
  },
  {
    id: "flask",
    title: "Flask",
    file: "config.py",
    note: "Flask-Mail sends nothing while app.testing is on, unless MAIL_SUPPRESS_SEND is False.",
    code: ({ host, port, tls, user, password }) => lines(
      `MAIL_SERVER = "${host}"`,
      `MAIL_PORT = ${port}`,
      `MAIL_USE_TLS = ${truth(tls === "starttls")}`,
      `MAIL_USE_SSL = ${truth(tls === "implicit")}`,
      !!user && `MAIL_USERNAME = "${user}"`,
      !!user && `MAIL_PASSWORD = "${password}"`,
      'MAIL_DEFAULT_SENDER = "app@example.com"',
    ),
  },
  {
    id: "fastapi",
    title: "FastAPI",
    file: "mail.py",
    code: ({ host, port, tls, user, password }) => lines(
      "from fastapi_mail import ConnectionConfig, FastMail",
      "",
      "mail = FastMail(ConnectionConfig(",
      `    MAIL_SERVER="${host}",`,
      `    MAIL_PORT=${port},`,
      '    MAIL_FROM="app@example.com",',
      `    MAIL_USERNAME="${user}",`,
      `    MAIL_PASSWORD="${password}",`,
      `    USE_CREDENTIALS=${truth(Boolean(user))},`,
      `    MAIL_STARTTLS=${truth(tls === "starttls")},`,
      `    MAIL_SSL_TLS=${truth(tls === "implicit")},`,
      "    VALIDATE_CERTS=False,",
      "))",
    ),
  },
  {
    id: "smtplib",
    title: "Python smtplib",
    file: "send.py",
    lmtp: true,
    code: ({ host, port, tls, lmtp, user, password, to }) => lines(
      "import smtplib",
      tls !== "none" && "import ssl",
      "from email.message import EmailMessage",
      "",
      "message = EmailMessage()",
      'message["From"] = "app@example.com"',
      `message["To"] = "${to}"`,
      'message["Subject"] = "Hello"',
      'message.set_content("It works.")',
      "",
      tls !== "none" && "context = ssl._create_unverified_context()  # in development only",
      tls === "implicit"
        ? `with smtplib.SMTP_SSL("${host}", ${port}, context=context) as server:`
        : `with smtplib.${lmtp ? "LMTP" : "SMTP"}("${host}", ${port}) as server:`,
      tls === "starttls" && "    server.starttls(context=context)",
      !!user && `    server.login("${user}", "${password}")`,
      "    server.send_message(message)",
    ),
  },
  {
    id: "pytest",
    title: "pytest",
    file: "test_mail.py",
    note: "The plugin comes with the package. Without --mailtrap-url it starts a server of its own.",
    code: ({ url }) => lines(
      `# pytest --mailtrap-url ${url}`,
      "",
      "def test_sign_up(client, mailtrap_inbox):",
      '    client.post("/signup", data={"email": mailtrap_inbox.address})',
      '    mail = mailtrap_inbox.wait(subject="Confirm")',
      "    assert mail.code()",
    ),
  },
];
