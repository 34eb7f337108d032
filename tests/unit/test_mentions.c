/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "mentions_kit.h"

static const struct mentions_row urls[] = {
    {PLAIN, "see http://evil.example/a.exe now", "H evil.example:80/a.exe\n", 0},
    {PLAIN, "HTTPS://EVIL.Example:8443/A", "H evil.example:8443/A\n", 0},
    {PLAIN, "https://a.example", "H a.example:443\n", 0},
    {PLAIN, "ftp://u:p@h.example/x tftp://192.0.2.1/y", "H h.example:21/x\nH 192.0.2.1:69/y\n", 0},
    {PLAIN, "http://u@x:p@h.example:81/", "H h.example:81/\n", 0},
    {PLAIN, "hxxp://a.example hXXps://b.example h**p://c.example fxp://d.example",
     "H a.example:80\nH b.example:443\nH c.example:80\nH d.example:21\n", 0},
    {PLAIN, "stratum+tcp://pool.example:3333", "H pool.example:3333\n", 0},
    {PLAIN, "http://[2001:DB8::1]:8080/x [2001:db8::2]", "H 2001:db8::1:8080/x\n", 0},
    {PLAIN, "http://3221225985/a http://0xc0000201/b", "H 192.0.2.1:80/a\nH 192.0.2.1:80/b\n", 0},
    {PLAIN, "hxxp[:]//a[.]b(.)example[:]81/x[.]exe", "H a.b.example:81/x[.]exe\n", 0},
    {PLAIN, "http[://]a{.}example http:[//]b[dot]example", "H a.example:80\nH b.example:80\n", 0},
    {PLAIN, "http://a dot example dot com/x", "H a.example.com:80/x\n", 0},
    {PLAIN, "(http://a.example/x(1)), [http://b.example/y]. <http://c.example/z>",
     "H a.example:80/x(1)\nH b.example:80/y\nH c.example:80/z\n", 0},
    {PLAIN, "'http://a.example/x' \"http://b.example/?q=1#f\"",
     "H a.example:80/x\nH b.example:80/?q=1\n", 0},
    {PLAIN, "http://a.example?q=1", "H a.example:80/?q=1\n", 0},
    {PLAIN, "http://a.example. http://b.example, http://c.example:",
     "H a.example:80\nH b.example:80\nH c.example:80\n", 0},
    {PLAIN, "http://a.example:99999/ http://b.example:x", "H a.example:80\nH b.example:80\n", 0},
    {PLAIN, "http://a.example/go?u=http://b.example/",
     "H a.example:80/go?u=http://b.example/\nH b.example:80/\n", 0},
    {PLAIN, "http:// http://. http:/// foo://bar http://-x ://", "", 0},
    {PLAIN, "http://a.example/ http://a.example/", "H a.example:80/\n", 0},
    {PLAIN, "www.a.example.com/x www.com www.x.nosuffix me@www.b.com", "H www.a.example.com/x\n",
     0},
};

static const struct mentions_row addresses[] = {
    {PLAIN, "to 198.51.100.7:8080, 198.51.100.8, 198.51.100.9:0", "H 198.51.100.7:8080\n", 0},
    {PLAIN, "198.51.100.7/bins.sh 198.51.100.0/24", "H 198.51.100.7/bins.sh\n", 0},
    {PLAIN, "1.2.3.4.5:80 a1.2.3.4:80 1.2.3:80 1.2.3.444:80 1.2.3.4a:80", "", 0},
    {PLAIN, "198[.]51[.]100[.]7 a[.]example[.]com", "H 198.51.100.7\nH a.example.com\n", 0},
    {DIALOGUE, "198.51.100.7 6667", "H 198.51.100.7\nH 198.51.100.7:6667\n", 0},
    {DIALOGUE, "198.51.100.7 on port 99 now", "H 198.51.100.7\nH 198.51.100.7:99\n", 0},
    {DIALOGUE, "198.51.100.7 70000", "H 198.51.100.7\n", 0},
    {DIALOGUE, "198.51.100.1-198.51.100.9", "H 198.51.100.1\nH 198.51.100.9\n", 0},
    {DIALOGUE, "version 1.2.3.4, Ver: 1.2.3.5, v1.2.3.6 firmware 1.2.3.7 Opera/9.8.7.6", "", 0},
    {DIALOGUE, "0.0.0.0 127.0.0.1 255.255.255.255 224.0.0.1 12.05.2010 10:20:30", "", 0},
    {DIALOGUE, "ssh root@198.51.100.7", "H 198.51.100.7\n", 0},
    {DIALOGUE, "PORT 192,0,2,1,4,5", "H 192.0.2.1:1029\n", 0},
    {DIALOGUE, "227 Entering Passive Mode (192,0,2,1,10,20).", "H 192.0.2.1:2580\n", 0},
    {DIALOGUE, "EPRT |1|192.0.2.1|5282|", "H 192.0.2.1:5282\n", 0},
    {DIALOGUE, "EPRT |2|2001:db8::1|5282|", "H 2001:db8::1:5282\n", 0},
    {DIALOGUE, "229 Entering Extended Passive Mode (|||6446|)", "H :6446\n", 0},
    {DIALOGUE, "PORT 192,0,2,256,4,5", "", 0},
    {DIALOGUE, ":n!u@h PRIVMSG me :\1DCC SEND bot.exe 3221225985 5000 123\1",
     "F bot.exe\nH 192.0.2.1:5000\n", 0},
};

static const struct mentions_row names[] = {
    {DIALOGUE, "join irc.evil.example.com 6667",
     "H irc.evil.example.com\nH irc.evil.example.com:6667\n", 0},
    {DIALOGUE, "evil.com:81/x.exe and evil.ru", "H evil.com:81/x.exe\nH evil.ru\n", 0},
    {DIALOGUE, "go www.evil.com.", "H www.evil.com\n", 0},
    {DIALOGUE, "evil dot com, the dot com bubble", "H evil.com\n", 0},
    {DIALOGUE, "e.g. foo.bar readme.txt a...b some.words here.Then file.zip 3.14 .", "", 0},
    {DIALOGUE, "mail a.b@evil.com or @evil.com #evil.com f.com(1) x.com\\y", "", 0},
    {DIALOGUE, "get bot.exe C:\\win\\Run.SCR /tmp/x.sh a.mips ./b.arm7",
     "F bot.exe\nF run.scr\nF x.sh\nF a.mips\nF b.arm7\n", 0},
    {DIALOGUE, "bot.exe@evil x.exe()", "", 0},
    {PLAIN, "evil.com bot.exe", "", 0},
};

static const struct mentions_row irc[] = {
    {DIALOGUE, ":ns1.evil.com 001 me :Welcome to evil.com me!u@host.evil.com", "", 0},
    {DIALOGUE, ":n!u@host.evil.com PRIVMSG #evil.com :get http://a.example/x", "H a.example:80/x\n",
     0},
    {DIALOGUE, ":n!u@host.evil.com PRIVMSG me b.evil.com", "H b.evil.com\n", 0},
    {DIALOGUE, ":ns1.evil.com 332 me #c :b.evil.com", "H b.evil.com\n", 0},
    {DIALOGUE, "@time=x :n!u@host.evil.com NOTICE me :b.evil.com", "H b.evil.com\n", 0},
    {DIALOGUE, "PING :ns1.evil.com", "", 0},
    {DIALOGUE, ":n!u@host.evil.com QUIT :see http://a.example/ b.evil.com", "H a.example:80/\n", 0},
    {DIALOGUE, ":n!u@host.evil.com JOIN #x", "", 0},
    {DIALOGUE, "USER a b.evil.com c.evil.com :d.evil.com", "", 0},
    {DIALOGUE, ":x y b.evil.com", "H b.evil.com\n", 0},
    {DIALOGUE, "a.evil.com\r\nb.evil.com\nb.evil.com", "H a.evil.com\nH b.evil.com\n", 0},
};

static void
test_urls(void)
{
    mentions_check(urls, G_N_ELEMENTS(urls));
}

static void
test_addresses(void)
{
    mentions_check(addresses, G_N_ELEMENTS(addresses));
}

static void
test_names(void)
{
    mentions_check(names, G_N_ELEMENTS(names));
}

static void
test_irc(void)
{
    mentions_check(irc, G_N_ELEMENTS(irc));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mentions/urls", test_urls);
    g_test_add_func("/mentions/addresses", test_addresses);
    g_test_add_func("/mentions/names", test_names);
    g_test_add_func("/mentions/irc", test_irc);
    return g_test_run();
}
