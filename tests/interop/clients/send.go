// Sends what it reads with Go's net/smtp, as the environment says.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/smtp"
	"os"
	"strings"
)

func main() {
	content, err := io.ReadAll(os.Stdin)
	check(err)
	address := "localhost:" + os.Getenv("PORT")
	var auth smtp.Auth
	switch os.Getenv("MECHANISM") {
	case "PLAIN":
		auth = smtp.PlainAuth("", os.Getenv("USERNAME"), os.Getenv("PASSWORD"), "localhost")
	case "CRAM-MD5":
		auth = smtp.CRAMMD5Auth(os.Getenv("USERNAME"), os.Getenv("PASSWORD"))
	}
	sender, recipients := os.Getenv("SENDER"), strings.Fields(os.Getenv("RECIPIENTS"))
	if os.Getenv("CA") == "" {
		check(smtp.SendMail(address, auth, sender, recipients, content))
		return
	}
	client, err := smtp.Dial(address)
	check(err)
	check(client.StartTLS(&tls.Config{ServerName: "localhost", RootCAs: pool(os.Getenv("CA"))}))
	if auth != nil {
		check(client.Auth(auth))
	}
	check(client.Mail(sender))
	for _, recipient := range recipients {
		check(client.Rcpt(recipient))
	}
	writer, err := client.Data()
	check(err)
	_, err = writer.Write(content)
	check(err)
	check(writer.Close())
	check(client.Quit())
}

func pool(path string) *x509.CertPool {
	pem, err := os.ReadFile(path)
	check(err)
	certificates := x509.NewCertPool()
	if !certificates.AppendCertsFromPEM(pem) {
		log.Fatal("no certificate in ", path)
	}
	return certificates
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
