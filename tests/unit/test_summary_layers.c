/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Protocols fed by what Wireshark dissects, but DNS and HTTP. */
#include "summary_fixture.h"

static void
test_tls(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TLS");

    add_layer(f, MF_BUF_TLS);
    add_number(f, MF_BUF_TLS_HANDSHAKE_TYPE, 1);
    add_number(f, MF_BUF_TLS_VERSION, 0x0303);
    add_text(f, MF_BUF_TLS_SNI, "a.example");
    add_number(f, MF_BUF_TLS_SUPPORTED_VERSION, 0xfafa);
    add_number(f, MF_BUF_TLS_SUPPORTED_VERSION, 0x0304);
    add_text(f, MF_BUF_JA3_HASH, "abc");
    send_buffers(f, MF_ORIG);
    assert_says(f, "TLS: a.example (TLS 1.3, JA3 abc)");
    add_layer(f, MF_BUF_TLS);
    add_number(f, MF_BUF_TLS_HANDSHAKE_TYPE, 2);
    add_number(f, MF_BUF_TLS_VERSION, 0x0303);
    add_text(f, MF_BUF_JA3S_HASH, "def");
    add_number(f, MF_BUF_TLS_HANDSHAKE_TYPE, 11);
    add_text(f, MF_BUF_TLS_CERT_SUBJECT, "CN=a.example");
    add_text(f, MF_BUF_TLS_CERT_ISSUER, "CN=R3");
    add_text(f, MF_BUF_TLS_CERT_SUBJECT, "CN=R3");
    send_buffers(f, MF_RESP);
    assert_says(f,
                "TLS: a.example (TLS 1.2, subject CN=a.example, issuer CN=R3, JA3 abc, JA3S def)");
    fixture_free(f);
}

static void
test_tls_without_name(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TLS");

    add_layer(f, MF_BUF_TLS);
    add_number(f, MF_BUF_TLS_HANDSHAKE_TYPE, 16);
    send_buffers(f, MF_ORIG);
    assert_says(f, "");
    add_layer(f, MF_BUF_TLS);
    add_number(f, MF_BUF_TLS_HANDSHAKE_TYPE, 1);
    add_number(f, MF_BUF_TLS_VERSION, 0x0301);
    send_buffers(f, MF_ORIG);
    assert_says(f, "TLS: no SNI (TLS 1.0)");
    fixture_free(f);
}

static void
test_quic(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "QUIC");

    add_layer(f, MF_BUF_QUIC);
    add_layer(f, MF_BUF_TLS);
    add_number(f, MF_BUF_TLS_HANDSHAKE_TYPE, 1);
    add_text(f, MF_BUF_TLS_SNI, "q.example");
    send_buffers(f, MF_ORIG);
    assert_says(f, "QUIC: q.example");
    fixture_free(f);
}

static void
ftp(struct fixture *f, const char *command, const char *argument)
{
    add_layer(f, MF_BUF_FTP);
    add_text(f, MF_BUF_FTP_COMMAND, command);
    if (argument != NULL)
        add_text(f, MF_BUF_FTP_ARGUMENT, argument);
    send_text(f, MF_ORIG, "PASS not read\r\n");
}

static void
test_ftp(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "FTP");

    ftp(f, "USER", "bob");
    ftp(f, "PASV", NULL);
    ftp(f, "retr", "evil.exe");
    ftp(f, "RETR", "evil.exe");
    ftp(f, "STOR", "x");
    assert_says(f, "FTP: user bob, RETR evil.exe, STOR x");
    for (unsigned i = 0; i < 12; i++)
        ftp(f, "DELE",
            (const char *[]){"1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c"}[i]);
    assert_says(f, "FTP: user bob, RETR evil.exe, STOR x, DELE 1, DELE 2, DELE 3, 9 more");
    fixture_free(f);
}

/* Recognised by content on a port where Wireshark dissects nothing. */
static void
test_ftp_by_content(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "FTP");

    f->session.app_by_content = true;
    send_text(f, MF_RESP, "220 StnyFtpd 0wns j0\n");
    send_text(f, MF_ORIG, "USER 1\n");
    send_text(f, MF_ORIG, "PASS 1\nRETR bot.exe\nRETR cut");
    assert_says(f, "FTP: user 1, RETR bot.exe");
    fixture_free(f);
}

static void
smtp(struct fixture *f, const char *command, const char *parameter)
{
    add_layer(f, MF_BUF_SMTP);
    add_text(f, MF_BUF_SMTP_COMMAND, command);
    add_text(f, MF_BUF_SMTP_PARAMETER, parameter);
    send_buffers(f, MF_ORIG);
}

static void
test_smtp(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "SMTP");

    smtp(f, "EHLO", "bot");
    assert_says(f, "");
    smtp(f, "MAIL", "FROM:<a@b.example> SIZE=100");
    smtp(f, "RCPT", "TO:<c@d.example>");
    assert_says(f, "SMTP: from <a@b.example> to 1 recipient");
    smtp(f, "RCPT", "TO:<d@d.example>");
    add_layer(f, MF_BUF_SMTP);
    add_text(f, MF_BUF_SMTP_SUBJECT, "Re: hi");
    send_buffers(f, MF_ORIG);
    assert_says(f, "SMTP: from <a@b.example> to 2 recipients, subject \"Re: hi\"");
    smtp(f, "MAIL", "FROM:<x@b.example>");
    smtp(f, "RCPT", "TO:<c@d.example>");
    assert_says(f, "SMTP: from <a@b.example> to 2 recipients, subject \"Re: hi\", 1 more mail");
    fixture_free(f);
}

static void
test_pop3(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "POP3");

    f->session.app_by_content = true;
    send_text(f, MF_ORIG, "USER bob\r\n");
    send_text(f, MF_ORIG, "RETR 1\r\nRETR 2\r\nDELE 1\r\n");
    assert_says(f, "POP3: user bob, 2 RETR, 1 DELE");
    add_layer(f, MF_BUF_POP);
    add_text(f, MF_BUF_POP_COMMAND, "RETR");
    add_text(f, MF_BUF_POP_PARAMETER, "3");
    send_text(f, MF_ORIG, "RETR 3\r\n"); /* what is dissected too is counted once */
    assert_says(f, "POP3: user bob, 3 RETR, 1 DELE");
    fixture_free(f);
}

static void
smb_file(struct fixture *f, const char *name, uint64_t size)
{
    add_layer(f, MF_BUF_SMB2);
    add_text(f, MF_BUF_SMB_FILE, name);
    send_buffers(f, MF_ORIG);
    add_layer(f, MF_BUF_SMB2);
    add_number(f, MF_BUF_SMB_FILE_SIZE, size);
    send_buffers(f, MF_RESP);
}

static void
test_smb(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "SMB2");

    add_layer(f, MF_BUF_SMB2);
    add_text(f, MF_BUF_SMB_TREE, "\\\\h\\IPC$");
    send_buffers(f, MF_ORIG);
    assert_says(f, "SMB2: \\\\h\\IPC$");
    add_layer(f, MF_BUF_SMB2);
    add_text(f, MF_BUF_SMB_TREE, "\\\\h\\temp");
    send_buffers(f, MF_ORIG);
    smb_file(f, "dir\\evil.exe", 804352);
    assert_says(f, "SMB2: \\\\h\\temp dir\\evil.exe (804352 byte)");
    assert_object(f, MF_RESP, "evil.exe", 804352);
    smb_file(f, "2", 0);
    smb_file(f, "3", 0);
    smb_file(f, "4", 0);
    smb_file(f, "5", 5);
    smb_file(f, ".", 9);
    smb_file(f, "dir\\evil.exe", 0);
    assert_says(f, "SMB2: \\\\h\\temp dir\\evil.exe (804352 byte), 2, 3, 4, 1 more file");
    assert_object(f, MF_ORIG, "evil.exe", 804352);
    fixture_free(f);
}

static void
test_tftp(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "TFTP");

    add_layer(f, MF_BUF_TFTP);
    add_number(f, MF_BUF_TFTP_OPCODE, 3);
    send_buffers(f, MF_RESP);
    g_assert_null(f->session.summary);
    add_layer(f, MF_BUF_TFTP);
    add_number(f, MF_BUF_TFTP_OPCODE, 1);
    add_text(f, MF_BUF_TFTP_FILE, "dir/file.exe");
    send_buffers(f, MF_ORIG);
    assert_says(f, "TFTP: read dir/file.exe");
    assert_object(f, MF_RESP, "file.exe", 0);
    fixture_free(f);
}

static void
test_ssh(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "SSH");

    add_layer(f, MF_BUF_SSH);
    add_text(f, MF_BUF_SSH_IDENTIFICATION, "SSH-2.0-libssh");
    send_buffers(f, MF_ORIG);
    assert_says(f, "SSH: client SSH-2.0-libssh");
    add_layer(f, MF_BUF_SSH);
    add_text(f, MF_BUF_SSH_IDENTIFICATION, "SSH-2.0-OpenSSH_9.2");
    send_buffers(f, MF_RESP);
    assert_says(f, "SSH: client SSH-2.0-libssh / server SSH-2.0-OpenSSH_9.2");
    fixture_free(f);
}

static void
dhcp(struct fixture *f, unsigned type, const char *host, const uint8_t *address)
{
    add_layer(f, MF_BUF_DHCP);
    add_bytes(f, MF_BUF_DHCP_YOUR_ADDRESS, address, 4);
    add_number(f, MF_BUF_DHCP_TYPE, type);
    if (host != NULL)
        add_text(f, MF_BUF_DHCP_HOSTNAME, host);
    send_buffers(f, MF_ORIG);
}

static void
test_dhcp(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "DHCP");
    static const uint8_t none[4] = {0}, address[4] = {10, 0, 0, 5};

    dhcp(f, 3, "NAME", none);
    dhcp(f, 3, "NAME", none);
    assert_says(f, "DHCP: Request host NAME");
    dhcp(f, 5, NULL, address);
    assert_says(f, "DHCP: Request, ACK host NAME (your address 10.0.0.5)");
    fixture_free(f);
}

static void
ntp(struct fixture *f, enum mf_direction direction, unsigned mode, unsigned stratum)
{
    add_layer(f, MF_BUF_NTP);
    add_number(f, MF_BUF_NTP_MODE, mode);
    add_number(f, MF_BUF_NTP_STRATUM, stratum);
    send_buffers(f, direction);
}

static void
test_ntp(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "NTP");

    ntp(f, MF_ORIG, 3, 0);
    assert_says(f, "NTP: client (no response)");
    ntp(f, MF_RESP, 4, 2);
    assert_says(f, "NTP: client -> server stratum 2");
    fixture_free(f);
}

static void
test_ssdp(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "SSDP");

    for (unsigned i = 0; i < 3; i++) {
        add_layer(f, MF_BUF_SSDP);
        add_text(f, MF_BUF_HTTP_METHOD, "M-SEARCH");
        add_text(f, MF_BUF_HTTP_URI, "*");
        send_buffers(f, MF_ORIG);
    }
    add_layer(f, MF_BUF_SSDP);
    add_number(f, MF_BUF_HTTP_STATUS, 200);
    send_buffers(f, MF_RESP);
    assert_says(f, "SSDP: M-SEARCH * (3), response (1)");
    g_assert_false(mf_summary_wants_counts(&f->session));
    fixture_free(f);
}

static void
test_nbns(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "NBNS");
    static const uint8_t address[4] = {10, 0, 0, 5};

    add_layer(f, MF_BUF_NBNS);
    add_number(f, MF_BUF_NBNS_IS_RESPONSE, 0);
    add_text(f, MF_BUF_NBNS_NAME, "WPAD<00> (Workstation/Redirector)");
    send_buffers(f, MF_ORIG);
    assert_says(f, "NBNS: WPAD<00> (no response)");
    add_layer(f, MF_BUF_NBNS);
    add_number(f, MF_BUF_NBNS_IS_RESPONSE, 1);
    add_text(f, MF_BUF_NBNS_NAME, "WPAD<00> (Workstation/Redirector)");
    add_bytes(f, MF_BUF_NBNS_ADDRESS, address, 4);
    send_buffers(f, MF_RESP);
    assert_says(f, "NBNS: WPAD<00> (10.0.0.5)");
    for (unsigned i = 0; i < 4; i++) {
        add_layer(f, MF_BUF_NBNS);
        add_text(f, MF_BUF_NBNS_NAME, i % 2 == 0 ? "A<20>" : "B<1c>");
        send_buffers(f, MF_ORIG);
    }
    assert_says(f, "NBNS: WPAD<00> (10.0.0.5), 2 more names");
    fixture_free(f);
}

static void
test_kerberos(void)
{
    struct fixture *f = fixture_new(MF_L4_UDP, "KRB5");

    add_layer(f, MF_BUF_KERBEROS);
    add_number(f, MF_BUF_KRB5_MSG_TYPE, 10);
    add_text(f, MF_BUF_KRB5_CNAME, "bob");
    add_text(f, MF_BUF_KRB5_REALM, "EX");
    add_text(f, MF_BUF_KRB5_SNAME, "krbtgt");
    add_text(f, MF_BUF_KRB5_SNAME, "EX");
    send_buffers(f, MF_ORIG);
    assert_says(f, "Kerberos: AS-REQ bob@EX -> krbtgt/EX (no response)");
    add_layer(f, MF_BUF_KERBEROS);
    add_number(f, MF_BUF_KRB5_MSG_TYPE, 30);
    add_number(f, MF_BUF_KRB5_ERROR, 25);
    send_buffers(f, MF_RESP);
    assert_says(f, "Kerberos: AS-REQ bob@EX -> krbtgt/EX (KDC_ERR_PREAUTH_REQUIRED)");
    fixture_free(f);
}

/* The ticket inside a TGS-REQ names its own service first. */
static void
test_kerberos_ticket(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "KRB5");

    add_layer(f, MF_BUF_KERBEROS);
    add_number(f, MF_BUF_KRB5_MSG_TYPE, 12);
    add_number(f, MF_BUF_KRB5_MSG_TYPE, 14);
    add_text(f, MF_BUF_KRB5_REALM, "EX");
    add_text(f, MF_BUF_KRB5_SNAME, "krbtgt");
    add_text(f, MF_BUF_KRB5_SNAME, "EX");
    add_text(f, MF_BUF_KRB5_REALM, "EX");
    add_text(f, MF_BUF_KRB5_SNAME, "cifs");
    add_text(f, MF_BUF_KRB5_SNAME, "host");
    send_buffers(f, MF_ORIG);
    add_layer(f, MF_BUF_KERBEROS);
    add_number(f, MF_BUF_KRB5_MSG_TYPE, 13);
    send_buffers(f, MF_RESP);
    assert_says(f, "Kerberos: TGS-REQ @EX -> cifs/host (TGS-REP)");
    fixture_free(f);
}

static void
type_text(struct fixture *f, enum mf_direction direction, const char *text)
{
    add_layer(f, MF_BUF_TELNET);
    add_text(f, MF_BUF_TELNET_DATA, text);
    send_buffers(f, direction);
}

static void
test_telnet(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "TELNET");

    type_text(f, MF_RESP, "\r\nlogin: ");
    type_text(f, MF_ORIG, "r");
    type_text(f, MF_ORIG, "ox\x7fot");
    type_text(f, MF_ORIG, "\r\n");
    type_text(f, MF_ORIG, "xc3511\r");
    assert_says(f, "Telnet: server \"login:\", client \"root / xc3511\"");
    type_text(f, MF_ORIG, "123456789012345678901234567890123456789012345678901234567890123456789");
    assert_says(f, "Telnet: server \"login:\", client \"root / "
                   "xc3511 / 1234567890123456789012345678901234567890123456789012345678901234567"
                   "...\"");
    fixture_free(f);
}

static void
test_socks(void)
{
    struct fixture *f = fixture_new(MF_L4_TCP, "SOCKS");
    static const uint8_t address[4] = {10, 0, 0, 5};

    add_layer(f, MF_BUF_SOCKS);
    add_bytes(f, MF_BUF_SOCKS_ADDRESS, address, 4);
    add_number(f, MF_BUF_SOCKS_PORT, 25);
    send_buffers(f, MF_ORIG);
    assert_says(f, "SOCKS: connect 10.0.0.5:25");
    add_layer(f, MF_BUF_SOCKS);
    add_number(f, MF_BUF_SOCKS_PORT, 99);
    send_buffers(f, MF_RESP);
    assert_says(f, "SOCKS: connect 10.0.0.5:25");
    fixture_free(f);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/summary/layers/tls", test_tls);
    g_test_add_func("/summary/layers/tls-without-name", test_tls_without_name);
    g_test_add_func("/summary/layers/quic", test_quic);
    g_test_add_func("/summary/layers/ftp", test_ftp);
    g_test_add_func("/summary/layers/ftp-by-content", test_ftp_by_content);
    g_test_add_func("/summary/layers/smtp", test_smtp);
    g_test_add_func("/summary/layers/pop3", test_pop3);
    g_test_add_func("/summary/layers/smb", test_smb);
    g_test_add_func("/summary/layers/tftp", test_tftp);
    g_test_add_func("/summary/layers/ssh", test_ssh);
    g_test_add_func("/summary/layers/dhcp", test_dhcp);
    g_test_add_func("/summary/layers/ntp", test_ntp);
    g_test_add_func("/summary/layers/ssdp", test_ssdp);
    g_test_add_func("/summary/layers/nbns", test_nbns);
    g_test_add_func("/summary/layers/kerberos", test_kerberos);
    g_test_add_func("/summary/layers/kerberos-ticket", test_kerberos_ticket);
    g_test_add_func("/summary/layers/telnet", test_telnet);
    g_test_add_func("/summary/layers/socks", test_socks);
    return g_test_run();
}
