<?php
// Sends what it reads as the text of a message with PHPMailer, as the environment says.
require '/usr/share/php/libphp-phpmailer/src/Exception.php';
require '/usr/share/php/libphp-phpmailer/src/PHPMailer.php';
require '/usr/share/php/libphp-phpmailer/src/SMTP.php';

$mail = new PHPMailer\PHPMailer\PHPMailer(true);
$mail->isSMTP();
$mail->Host = 'localhost';
$mail->Port = (int) getenv('PORT');
$mail->SMTPAutoTLS = false;
$mail->SMTPSecure = getenv('SECURE') ?: '';
if (getenv('CA')) {
    $mail->SMTPOptions = ['ssl' => ['cafile' => getenv('CA'), 'verify_peer' => true]];
}
if (getenv('MECHANISM')) {
    $mail->SMTPAuth = true;
    $mail->AuthType = getenv('MECHANISM');
    $mail->Username = getenv('USERNAME');
    $mail->Password = getenv('PASSWORD');
}
$mail->dsn = getenv('NOTIFY') ?: '';
$mail->CharSet = 'utf-8';
$mail->Encoding = '8bit';
$mail->setFrom(getenv('SENDER'), 'Ann Grün');
foreach (explode(' ', getenv('RECIPIENTS')) as $recipient) {
    $mail->addAddress($recipient);
}
$mail->Subject = 'Grüße';
$mail->Body = stream_get_contents(STDIN);
$mail->addStringAttachment("\x00\x01\xff", 'octets.bin');
$mail->send();
$mail->smtpClose();
