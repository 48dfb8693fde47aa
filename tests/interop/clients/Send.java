import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Sends what it reads with JavaMail; settings are system properties ({@code mail.*}) and variables. */
public class Send {
    public static void main(String[] arguments) throws Exception {
        Properties settings = System.getProperties();
        if (System.getenv("CA") != null) {
            settings.put("mail.smtp.ssl.socketFactory", trusting(System.getenv("CA")).getSocketFactory());
            settings.put("mail.smtp.ssl.checkserveridentity", "true");
        }
        Session session = Session.getInstance(settings);
        MimeMessage message = new MimeMessage(session, System.in);
        try (Transport transport = session.getTransport()) {
            transport.connect(System.getenv("USERNAME"), System.getenv("PASSWORD"));
            transport.sendMessage(message, InternetAddress.parse(System.getenv("RECIPIENTS")));
            if (!transport.isConnected()) {
                throw new IllegalStateException("the server hung up");
            }
        }
    }

    private static SSLContext trusting(String path) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (FileInputStream pem = new FileInputStream(path)) {
            store.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
