# Sends what it reads with Net::SMTP, as the environment says.
require 'net/smtp'

client = Net::SMTP.new('localhost', ENV['PORT'].to_i)
client.disable_starttls
if ENV['CA']
  context = OpenSSL::SSL::SSLContext.new
  context.set_params(ca_file: ENV['CA'])
  ENV['SECURE'] == 'tls' ? client.enable_tls(context) : client.enable_starttls(context)
end
secret = ENV['MECHANISM'] && [ENV['USERNAME'], ENV['PASSWORD'], ENV['MECHANISM'].to_sym]
client.start('client.test', *secret) do
  client.send_message($stdin.binmode.read, ENV['SENDER'], *ENV['RECIPIENTS'].split)
end
