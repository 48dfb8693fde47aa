"""What tests take out of a mail: links and one-time codes. Pure; nothing here ever raises."""
