// @ts-check
/** Settings for PHP, Ruby, Java, JavaScript, Go and .NET. Pure. @import { Snippet } from "./snippets.js" */
import { lines } from "./lines.js";
import { hostPort } from "./target.js";

/** @type {Snippet[]} */
export const WEB = [
  {
    id: "rails",
    title: "Rails",
    file: "config/environments/development.rb",
    code: ({ host, port, tls, user, password }) => lines(
      "config.action_mailer.delivery_method = :smtp",
      "config.action_mailer.smtp_settings = {",
      `  address: "${host}",`,
      `  port: ${port},`,
      !!user && `  user_name: "${user}",`,
      !!user && `  password: "${password}",`,
      !!user && "  authentication: :plain,",
      tls === "none" && "  enable_starttls_auto: false,",
      tls === "starttls" && "  enable_starttls: true,",
      tls === "implicit" && "  ssl: true,",
      tls !== "none" && '  openssl_verify_mode: "none",',
      "}",
    ),
  },
  {
    id: "laravel",
    title: "Laravel",
    file: ".env",
    note: "Up to Laravel 10 it is MAIL_ENCRYPTION=null instead of MAIL_SCHEME.",
    code: ({ host, port, tls, user, password }) => lines(
      "MAIL_MAILER=smtp",
      `MAIL_SCHEME=${tls === "implicit" ? "smtps" : "null"}`,
      `MAIL_HOST=${host}`,
      `MAIL_PORT=${port}`,
      `MAIL_USERNAME=${user || "null"}`,
      `MAIL_PASSWORD=${password || "null"}`,
      'MAIL_FROM_ADDRESS="app@example.com"',
      tls !== "none" && "# in config/mail.php, below 'smtp': 'verify_peer' => false",
    ),
  },
  {
    id: "symfony",
    title: "Symfony",
    file: ".env.local",
    code: ({ tls, user, password, ...at }) => {
      const login = user ? `${encodeURIComponent(user)}:${password}@` : "";
      return `MAILER_DSN=${tls === "implicit" ? "smtps" : "smtp"}://${login}${hostPort(at)}${tls === "none" ? "" : "?verify_peer=0"}`;
    },
  },
  {
    id: "php",
    title: "PHP",
    file: "php.ini",
    note: "For mail(), with msmtp as the program that sends. PHPMailer and the like take host and port as they are.",
    code: ({ host, port, tls, user, password }) => {
      const secure = tls === "none" ? "" : ` --tls=on --tls-certcheck=off${tls === "implicit" ? " --tls-starttls=off" : ""}`;
      const login = user ? ` --auth=plain --user=${user} --passwordeval='echo ${password}'` : "";
      return `sendmail_path = "msmtp --host=${host} --port=${port}${secure}${login} --from=app@example.com -t"`;
    },
  },
  {
    id: "spring",
    title: "Spring Boot",
    file: "application.properties",
    code: ({ host, port, tls, user, password }) => lines(
      `spring.mail.host=${host}`,
      `spring.mail.port=${port}`,
      !!user && `spring.mail.username=${user}`,
      !!user && `spring.mail.password=${password}`,
      !!user && "spring.mail.properties.mail.smtp.auth=true",
      tls === "starttls" && "spring.mail.properties.mail.smtp.starttls.required=true",
      tls === "implicit" && "spring.mail.properties.mail.smtp.ssl.enable=true",
      tls !== "none" && "spring.mail.properties.mail.smtp.ssl.trust=*",
    ),
  },
  {
    id: "nodemailer",
    title: "Nodemailer",
    file: "mail.js",
    code: ({ host, port, tls, user, password }) => lines(
      'import nodemailer from "nodemailer";',
      "",
      "export const mail = nodemailer.createTransport({",
      `  host: "${host}",`,
      `  port: ${port},`,
      `  secure: ${tls === "implicit"},`,
      !!user && `  auth: { user: "${user}", pass: "${password}" },`,
      tls === "none" && "  ignoreTLS: true,",
      tls !== "none" && "  tls: { rejectUnauthorized: false }, // in development only",
      "});",
    ),
  },
  {
    id: "go",
    title: "Go",
    file: "mail.go",
    note: "With net/smtp it is smtp.SendMail; go-mail is shown where there is TLS or a login.",
    code: ({ host, port, tls, user, password, to }) => {
      if (tls === "none" && !user) {
        return lines(
          'err := smtp.SendMail("' + hostPort({ host, port }) + '", nil, "app@example.com",',
          `\t[]string{"${to}"}, []byte("Subject: Hello\\r\\n\\r\\nIt works.\\r\\n"))`,
        );
      }
      return lines(
        `client, err := mail.NewClient("${host}", mail.WithPort(${port}),`,
        !!user && `\tmail.WithSMTPAuth(mail.SMTPAuth${tls === "none" ? "PlainNoEnc" : "Plain"}),`,
        !!user && `\tmail.WithUsername("${user}"), mail.WithPassword("${password}"),`,
        tls === "none" && "\tmail.WithTLSPolicy(mail.NoTLS),",
        tls === "starttls" && "\tmail.WithTLSPolicy(mail.TLSMandatory),",
        tls === "implicit" && "\tmail.WithSSL(),",
        tls !== "none" && `\tmail.WithTLSConfig(&tls.Config{ServerName: "${host}", InsecureSkipVerify: true}),`,
        ")",
      );
    },
  },
  {
    id: "dotnet",
    title: ".NET",
    file: "Mail.cs",
    note: "With MailKit. Only where there is neither TLS nor a login, new SmtpClient(host, port) of System.Net.Mail does it too.",
    code: ({ host, port, tls, user, password }) => lines(
      "using var client = new MailKit.Net.Smtp.SmtpClient();",
      tls !== "none" && "client.ServerCertificateValidationCallback = (_, _, _, _) => true; // in development only",
      `await client.ConnectAsync("${host}", ${port}, SecureSocketOptions.${{ none: "None", starttls: "StartTls", implicit: "SslOnConnect" }[tls]});`,
      !!user && `await client.AuthenticateAsync("${user}", "${password}");`,
      "await client.SendAsync(message);",
    ),
  },
];
