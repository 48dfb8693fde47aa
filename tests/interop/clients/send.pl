# Sends what it reads with Net::SMTP, as the environment says.
use strict;
use warnings;
use Net::SMTP;

my %tls = $ENV{CA} ? (SSL_ca_file => $ENV{CA}, SSL_verifycn_name => 'localhost') : ();
my $secure = $ENV{SECURE} // '';
my $client = Net::SMTP->new(
    'localhost', Port => $ENV{PORT}, Hello => 'client.test', Timeout => 20,
    SSL => $secure eq 'tls' ? 1 : 0, %tls,
) or die "no connection: $@";
$client->starttls(%tls) or die $client->message if $secure eq 'starttls';
if ($ENV{USERNAME}) {
    $client->auth($ENV{USERNAME}, $ENV{PASSWORD}) or die $client->message;
}
my @options = $ENV{NOTIFY} ? (Notify => [split ',', $ENV{NOTIFY}]) : ();
$client->mail($ENV{SENDER}, $ENV{RETURN} ? (Return => $ENV{RETURN}, Envelope => 'an=id') : ())
    or die $client->message;
$client->recipient(split(' ', $ENV{RECIPIENTS}), @options ? {@options} : ()) or die $client->message;
binmode STDIN;
$client->data(<STDIN>) or die $client->message;
$client->quit or die $client->message;
