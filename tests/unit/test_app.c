/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/app.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

struct sample {
    const char *data;
    size_t length;
    const char *expected; /* NULL: none */
};

#define SAMPLE(data, expected)                                                                     \
    {                                                                                              \
        data, sizeof(data) - 1, expected                                                           \
    }

static const struct sample tcp_samples[] = {
    /* IRC, clients */
    SAMPLE("NICK aihrwjcjh\nUSER r020501 . . :-", "IRC"), SAMPLE("\nJOIN &virtu\n", "IRC"),
    SAMPLE("\r\n\r\nNICK [00|USA|731]\r\n", "IRC"),
    SAMPLE("NICK SR1-114487528\r\nUSER vkrngphfu 0 :SR1-114487528\r\n", "IRC"),
    SAMPLE("PASS letmein\r\n", "IRC"), SAMPLE("PASS letmein\r\nNICK 9bot\r\n", "IRC"),
    SAMPLE("USER a b c d\r\n", "IRC"), SAMPLE("CAP LS 302\r\n", "IRC"),
    SAMPLE("PRIVMSG #cc :[SCAN]: started\r\n", "IRC"), SAMPLE("PONG :irc.example\r\n", "IRC"),
    /* IRC, servers */
    SAMPLE(":* PRIVMSG aihrwjcjh :!get http://a.example/wr.jpg\r\n", "IRC"),
    SAMPLE(":ns1.example 001 SR1 :Welcome\r\n", "IRC"),
    SAMPLE(":n!u@h.example PRIVMSG #cc :.advscan\r\n", "IRC"),
    SAMPLE(":n!u@h JOIN :#cc\r\n", "IRC"),
    SAMPLE("NOTICE AUTH :*** Looking up your hostname\r\n", "IRC"), SAMPLE("PING :4F2A\r\n", "IRC"),
    SAMPLE("ERROR :Closing Link\r\n", "IRC"),
    /* not IRC */
    SAMPLE("NICK", NULL), SAMPLE("NICK bob", NULL), SAMPLE("NICK \r\n", NULL),
    SAMPLE("NICK of time, he came\r\n", NULL), SAMPLE("User logged in as bob\r\n", NULL),
    SAMPLE("JOIN us\r\n", NULL), SAMPLE("PING\r\n", NULL), SAMPLE("PING 127.0.0.1\r\n", NULL),
    SAMPLE("ERROR\r\n", NULL), SAMPLE(": 001 x\r\n", NULL), SAMPLE(":1 +OK\r\n", NULL),
    SAMPLE(":name value\r\n", NULL), SAMPLE("PRIVMSG\r\n", NULL),
    /* HTTP */
    SAMPLE("GET / HTTP/1.1\r\n", "HTTP"), SAMPLE("GET /x y HTTP/1.1\r\n", NULL),
    SAMPLE("GET http://a.example/x HTTP/1.0\r\n", "HTTP"),
    SAMPLE("CONNECT a.example:443 HTTP/1.1\r\n", "HTTP"),
    SAMPLE("PROPFIND /dav HTTP/1.1\r\n", "HTTP"),
    SAMPLE("VERSION-CONTROL /dav HTTP/1.1\r\n", "HTTP"),
    SAMPLE("POST /gate.php HTTP/1.0\n", "HTTP"), SAMPLE("HTTP/1.1 200 OK\r\n", "HTTP"),
    SAMPLE("HTTP/1.0 404\r\n", "HTTP"), SAMPLE("HTTP/1.0 404\0", NULL), SAMPLE("HTTP/1.1 2", NULL),
    SAMPLE("HTTP/1.1 2000 no", NULL), SAMPLE("HTTP/2 200\r\n", NULL),
    SAMPLE("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP2"), SAMPLE("PRI * HTTP/2.0\r\n\r\n", NULL),
    SAMPLE("GET rtsp://a.example/x RTSP/1.0\r\n", NULL),
    SAMPLE("OPTIONS sip:bob@example.org SIP/2.0\r\n", NULL), SAMPLE("get / HTTP/1.1\r\n", NULL),
    SAMPLE("GET / HTTP/1.1", NULL), SAMPLE("GET /\r\n", NULL), SAMPLE("RTSP/1.0 200 OK\r\n", NULL),
    SAMPLE("SIP/2.0 200 OK\r\n", NULL),
    /* FTP, SMTP, POP3 */
    SAMPLE("220 (vsFTPd 3.0.3)\r\n", "FTP"),
    SAMPLE("220-Welcome\r\n220 Microsoft FTP Service\r\n", "FTP"),
    SAMPLE("220 StnyFtpd 0wns j0\n", "FTP"), SAMPLE("220 mail.example FTP server\r\n", "FTP"),
    SAMPLE("USER anonymous\r\n", "FTP"), SAMPLE("USER anonymous\r\nPASS x\r\n", NULL),
    SAMPLE("USER two words\r\n", NULL), SAMPLE("220 mx.example ESMTP Postfix\r\n", "SMTP"),
    SAMPLE("220 mail.example ready\r\n", "SMTP"), SAMPLE("220 ftp.example ESMTP\r\n", NULL),
    SAMPLE("220 ready\r\n", NULL), SAMPLE("220 ftp without an end", NULL),
    SAMPLE("2200 FTP\r\n", NULL), SAMPLE("EHLO [192.0.2.1]\r\n", "SMTP"),
    SAMPLE("helo bot\r\n", "SMTP"), SAMPLE("EHLO\r\n", NULL), SAMPLE("HELO my friend\r\n", NULL),
    SAMPLE("+OK POP3 ready <1@example>\r\n", "POP3"), SAMPLE("+OK\r\n", NULL),
    SAMPLE("+OK not whole", NULL), SAMPLE("-ERR no\r\n", NULL),
    /* shells */
    SAMPLE("Microsoft Windows XP [Version 5.1.2600]\r\n(C) Copyright", "SHELL"),
    SAMPLE("Microsoft Windows [Version 10.0.19045.1]\r\n", "SHELL"),
    SAMPLE("\r\nC:\\WINDOWS\\system32>", "SHELL"),
    SAMPLE("/bin/sh: 0: can't access tty; job control turned off\n$ ", "SHELL"),
    SAMPLE("uid=0(root) gid=0(root) groups=0(root)\n# ", "SHELL"),
    SAMPLE("\r\n\r\nBusyBox v1.22.1 (2014-09-20) built-in shell (ash)\r\n", "SHELL"),
    SAMPLE("Microsoft Windows is an operating system\r\n", NULL), SAMPLE("C:\\", NULL),
    SAMPLE("uid=0\n", NULL), SAMPLE("# ", NULL), SAMPLE("$ ", NULL),
    SAMPLE("BusyBox v1.22.1\r\n", NULL),
    /* SOCKS */
    SAMPLE("\x04\x01\x00\x50\xc0\x00\x02\x01user\0", "SOCKS"),
    SAMPLE("\x04\x01\x00\x50\x00\x00\x00\x01\0a.example\0", "SOCKS"),
    SAMPLE("\x05\x01\x00", "SOCKS"), SAMPLE("\x05\x02\x00\x02", "SOCKS"),
    SAMPLE("\x04\x01\x00\x50\xc0\x00\x02\x01user", NULL),
    SAMPLE("\x04\x01\x00\x50\xc0\x00\x02\x01user\0x", NULL),
    SAMPLE("\x04\x03\x00\x50\xc0\x00\x02\x01\0", NULL),
    SAMPLE("\x04\x01\x00\x00\xc0\x00\x02\x01\0", NULL),
    SAMPLE("\x04\x01\x00\x50\x00\x00\x00\x01\0\0", NULL), SAMPLE("\x05\x01\x00\x00", NULL),
    SAMPLE("\x05\x02\x00\x00", NULL), SAMPLE("\x05\x00", NULL), SAMPLE("\x05\x01\x09", NULL),
    /* none of ours */
    SAMPLE("", NULL), SAMPLE("\0", NULL), SAMPLE("{\"method\":\"GET\",\"params\":[]}\n", NULL),
    SAMPLE("\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03", NULL),
    SAMPLE("SSH-2.0-OpenSSH_9.2\r\n", NULL), SAMPLE("/selector\r\n", NULL),
    SAMPLE("stats\r\n", NULL), SAMPLE("get key\r\n", NULL), SAMPLE("*1\r\n$4\r\nPING\r\n", NULL),
    SAMPLE("\xff\xfd\x18\xff\xfd\x20", NULL), SAMPLE("login: ", NULL),
    SAMPLE("\0\x01"
           "file\0octet\0",
           NULL), /* TFTP is UDP's */
};

static const struct sample udp_samples[] = {
    SAMPLE("\0\x01"
           "msblast.exe\0octet\0",
           "TFTP"),
    SAMPLE("\0\x02"
           "up\0NETASCII\0",
           "TFTP"),
    SAMPLE("\0\x01"
           "x\0octet\0blksize\0"
           "1428\0",
           "TFTP"),
    SAMPLE("\0\x01"
           "x\0octet",
           NULL),
    SAMPLE("\0\x01"
           "\0octet\0",
           NULL),
    SAMPLE("\0\x01"
           "x\0binary\0",
           NULL),
    SAMPLE("\0\x03"
           "x\0octet\0",
           NULL),
    SAMPLE("\0\x01"
           "\x01\x02\0octet\0",
           NULL),
    SAMPLE("NICK bob\r\n", NULL),
    SAMPLE("GET / HTTP/1.1\r\n", NULL),
};

static void
check(enum mf_l4 l4, const struct sample *sample)
{
    /* A copy of just the bytes, so that a sanitizer sees any read behind them. */
    uint8_t *copy = g_memdup2(sample->data, MAX(sample->length, 1));
    const char *name = mf_app_recognise(l4, copy, sample->length);

    if (g_strcmp0(name, sample->expected) != 0)
        g_test_message("sample: %s", sample->data);
    g_assert_cmpstr(name, ==, sample->expected);
    g_free(copy);
}

static void
test_tcp(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(tcp_samples); i++)
        check(MF_L4_TCP, &tcp_samples[i]);
}

static void
test_udp(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(udp_samples); i++)
        check(MF_L4_UDP, &udp_samples[i]);
}

/* Every beginning of every sample, in memory of just its size: nothing may read past it. */
static void
test_beginnings(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(tcp_samples); i++)
        for (size_t n = 1; n <= tcp_samples[i].length; n++) {
            uint8_t *copy = g_memdup2(tcp_samples[i].data, n);

            mf_app_recognise(MF_L4_TCP, copy, n);
            mf_app_recognise(MF_L4_UDP, copy, n);
            g_free(copy);
        }
}

static void
test_other_carriers(void)
{
    const uint8_t http[] = "GET / HTTP/1.1\r\n";

    g_assert_null(mf_app_recognise(MF_L4_ICMP, http, sizeof(http) - 1));
    g_assert_null(mf_app_recognise(MF_L4_ARP, http, sizeof(http) - 1));
    g_assert_null(mf_app_recognise(MF_L4_TCP, NULL, 0));
}

/* An executable's headers at OFFSET, its PE header at OFFSET + HEADER, cut at LENGTH. */
static const char *
recognise_image(size_t offset, uint32_t header, size_t length)
{
    uint8_t *data = g_malloc0(2048), *copy;
    const char *name;

    memcpy(data + offset, "MZ", 2);
    data[offset + 0x3c] = header & 0xff;
    data[offset + 0x3d] = header >> 8 & 0xff;
    memcpy(data + offset + header, "PE\0\0\x4c\x01", 6);
    copy = g_memdup2(data, length);
    name = mf_app_recognise(MF_L4_TCP, copy, length);
    g_free(copy);
    g_free(data);
    return name;
}

static void
test_pe(void)
{
    g_assert_cmpstr(recognise_image(0, 0x80, 512), ==, "PE");
    g_assert_cmpstr(recognise_image(4, 0x80, 512), ==, "PE");
    g_assert_cmpstr(recognise_image(0, 0x80, 0x86), ==, "PE");
    g_assert_cmpstr(recognise_image(0, 1018, 2048), ==, "PE");
    g_assert_null(recognise_image(0, 0x80, 0x85));
    g_assert_null(recognise_image(0, 1019, 2048));
    g_assert_null(recognise_image(3, 0x80, 512));
    g_assert_null(recognise_image(0, 0x3e, 512));
    g_assert_null(recognise_image(0, 0x80, 0x3f));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/app/tcp", test_tcp);
    g_test_add_func("/app/udp", test_udp);
    g_test_add_func("/app/beginnings", test_beginnings);
    g_test_add_func("/app/other-carriers", test_other_carriers);
    g_test_add_func("/app/pe", test_pe);
    return g_test_run();
}
