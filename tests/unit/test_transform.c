/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "transform_kit.h"

/* Each of them was tried with Suricata 7.0.10. */
static const struct row suricata[] = {
    {"url_decode", "", B("Suricata%20is+%27%61wesome%21%27%25%30%30%ZZ%4"),
     B("Suricata is 'awesome!'%00%ZZ%4")},
    {"url_decode", "", B("%%41a%"), B("%Aa%")},
    {"url_decode", "", B("%4+%"), B("%4 %")},
    {"url_decode", "", B("%4%41"), B("%4A")},
    {"url_decode", "", B("a+b%2bc%2"), B("a b+c%2")},
    {"strip_whitespace", "", B(" a\tb\r\nc\vd\fe\0f\xa0g"), B("abcde\0f\xa0g")},
    {"compress_whitespace", "", B("  a\t\tb\r\n\r\nc \t d\v\f"), B(" a\tb\rc d\v")},
    {"to_lowercase", "", B("AbC\xc4Z[@"), B("abc\xc4z[@")},
    {"to_uppercase", "", B("aBc\xe4z{`"), B("ABC\xe4Z{`")},
    {"dotprefix", "", B("example.com"), B(".example.com")},
    {"header_lowercase", "", B("Header1: Value1\nHEADER2:Value2\nAbc"),
     B("header1: Value1\nheader2:Value2\nabc")},
    {"header_lowercase", "", B("A:B:C\r\nD"), B("a:B:C\r\nd")},
    {"strip_pseudo_headers", "", B("H: V\n:method:get\nh2:V\n:x"), B("H: V\nh2:V\n")},
    {"strip_pseudo_headers", "", B("\n:a\n\nb"), B("\n\nb")},
    {"xor", "0a0DC8ff", B("example.com"), B("ou\xa9\x92za\xad\xd1ib\xa5")},
    {"pcrexform", "[a-z]+ (.*) H", B("get /x H"), B("/x")},
    {"pcrexform", "nope(.)", B("get /x H"), B("get /x H")},
    {"pcrexform", "x(y)?z", B("axz"), B("axz")},
    {"pcrexform", "x(y*)z", B("axz"), B("axz")},
    {"pcrexform", "(?i)B(.)", B("abc"), B("c")},
    {"to_md5", "", B(" A B C D "),
     B("\xe0\x59\xf8\x30\x43\x69\x58\xb6\x45\x82\x8c\xc2\x33\xc2\x47\x13")},
    {"to_sha1", "", B(" A B C D "),
     B("\xc8\xdc\x44\x97\xf7\xe0\x55\xf8\x6b\x88\x90\x52\x08\x2c\x0c\x7b\xdc\xc9\xc8\x89")},
    {"to_sha256", "", B(" A B C D "),
     B("\xd6\xbf\x7d\x8d\x69\x53\x02\x4d\x0d\x84\x5c\x99\x9b\xae\x93\xcc\xac\x68\xea\xab\x9a\xc9"
       "\x77\xd0\xfd\x30\x6a\xf5\x9a\x3d\xe4\x3a")},
};

static void
test_as_suricata(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(suricata); i++)
        transform_check(&suricata[i]);
}

static const struct row xors[] = {
    {"xor", "offset 4,0d0ac8ff", B("keyx\x6c\x68\xab\x9b"), B("keyxabcd")},
    {"xor", "offset 4 , \"0d0ac8ff\"", B("keyx\x6c\x68\xab\x9b"), B("keyxabcd")},
    {"xor", "offset 1,extract 1 0", B("\x42\x32\x23"), B("\x42pa")},
    {"xor", "offset 2, extract 2 0", B("\x01\x02\x60\x60\x62"),
     B("\x01\x02"
       "abc")},
    {"xor", "extract 1 2", B("\x42\x43\x02"), B("@A\0")},
    {"xor", "extract 2 2", B("abc"), B("abc")}, /* the key is not all there */
    {"xor", "extract 1 3", B("abc"), B("abc")},
    {"xor", "extract 1 65535", B("abc"), B("abc")},
    {"xor", "offset 3,20", B("abc"), B("abc")},
    {"xor", "offset 2,20", B("abc"), B("abC")},
    {"xor", "offset 4000000000,20", B("abc"), B("abc")},
};

static void
test_xor(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(xors); i++)
        transform_check(&xors[i]);
}

static const struct row base64s[] = {
    {"from_base64", "", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("This is Suricata")},
    {"from_base64", "mode rfc2045", B("Zm 9v Ym Fy"), B("foobar")},
    {"from_base64", "mode rfc2045", B("Zm$9vYm.Fy"), B("foobar")},
    {"from_base64", "mode rfc2045", B("Zm9vYg"), B("foo")},
    {"from_base64", "mode rfc2045, bytes 15", B("SGVs bG8 gV29y bGQ="), B("Hello Wor")},
    {"from_base64", "mode rfc2045", B("This is not base64-encoded"),
     B("\x4e\x18\xac\x8a\xc9\xe8\xb5\xb6\xac\x7b\xae\x1e\x9d\xca\x1d")},
    {"from_base64", "", B("Zm 9v Ym Fy"), B("f")},
    {"from_base64", "mode rfc4648", B("Zm$9vYm.Fy"), B("f")},
    {"from_base64", "", B("Zg=="), B("f")},
    {"from_base64", "", B("Zm8="), B("fo")},
    {"from_base64", "", B("Zm9v"), B("foo")},
    {"from_base64", "", B("Zm9vYg"), B("foob")},
    {"from_base64", "", B("Zm9vYmE"), B("fooba")},
    {"from_base64", "", B("Zm9vY"), B("foo")},
    {"from_base64", "", B("+/+/"), B("\xfb\xff\xbf")},
    {"from_base64", "", B("====Zm9v"), B("====Zm9v")},
    {"from_base64", "", B("Zm9v===="), B("Zm9v====")},
    {"from_base64", "", B("-Zm9v"), B("-Zm9v")},
    {"from_base64", "", B("Z"), B("Z")},
    {"from_base64", "mode strict", B("Zm9vYg=="), B("foob")},
    {"from_base64", "mode strict", B("Zm9vYh=="), B("Zm9vYh==")}, /* spare bits set */
    {"from_base64", "mode strict", B("Zm9vYg"), B("Zm9vYg")},
    {"from_base64", "mode strict", B("Zg==Zg=="), B("Zg==Zg==")},
    {"from_base64", "mode strict", B("Z==="), B("Z===")},
    {"from_base64", "mode strict", B("===="), B("====")},
    {"from_base64", "mode strict", B("This is Suricata\n"), B("This is Suricata\n")},
    {"from_base64", "bytes 12", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("This is S")},
    {"from_base64", "bytes 23", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("This is Suricata")},
    {"from_base64", "bytes 24", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("VGhpcyBpcyBTdXJpY2F0YQ==")},
    {"from_base64", "bytes 25", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("VGhpcyBpcyBTdXJpY2F0YQ==")},
    {"from_base64", "offset 4", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("s is Suricata")},
    {"from_base64", "offset 24", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("VGhpcyBpcyBTdXJpY2F0YQ==")},
    {"from_base64", "offset 25", B("VGhpcyBpcyBTdXJpY2F0YQ=="), B("VGhpcyBpcyBTdXJpY2F0YQ==")},
    {"from_base64", " offset 13 ", B("/gzb64?value=Zm9v"), B("foo")},
    {"from_base64", "bytes 4, offset 4, mode strict", B("Zm9vYmFyZm9v"), B("bar")},
};

/* As documented for Suricata 8, which the reference at hand is not. */
static void
test_base64(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(base64s); i++)
        transform_check(&base64s[i]);
}

static const struct row domains[] = {
    {"domain", "", B("www.example.com"), B("example.com")},
    {"domain", "", B("example.com"), B("example.com")},
    {"domain", "", B("a.b.example.co.uk"), B("example.co.uk")},
    {"domain", "", B("host.example.nosuchsuffix"), B("example.nosuchsuffix")},
    {"domain", "", B("co.uk"), B("")},
    {"domain", "", B("com"), B("")},
    {"domain", "", B("www.example.com\0"), B("")},
    {"tld", "", B("www.example.com"), B("com")},
    {"tld", "", B("a.b.example.co.uk"), B("co.uk")},
    {"tld", "", B("co.uk"), B("")},
};

static void
test_domain(void)
{
    char name[257];

    for (unsigned i = 0; i < G_N_ELEMENTS(domains); i++)
        transform_check(&domains[i]);
    for (size_t length = 254; length <= 256; length++) {
        struct row row = {"tld", "", {name, length}, B("com")};

        memset(name, 'a', sizeof name);
        for (unsigned i = 40; i < 240; i += 40)
            name[i] = '.';
        memcpy(name + length - 4, ".com", 4);
        if (length > 255)
            row.out.length = 0;
        transform_check(&row);
    }
}

static const struct row slices[] = {
    {"subslice", "1", B("this is suricata"), B("his is suricata")},
    {"subslice", "00,9", B("this is suricata"), B("this is s")},
    {"subslice", "0", B("ab"), B("ab")},
    {"subslice", "2", B("ab"), B("")},
    {"subslice", "3", B("ab"), B("")},
    {"subslice", "3, truncate", B("ab"), B("")},
    {"subslice", "-1", B("ab"), B("b")},
    {"subslice", "-2", B("ab"), B("ab")},
    {"subslice", "-3", B("ab"), B("")},
    {"subslice", "-3, TRUNCATE", B("ab"), B("ab")},
    {"subslice", "1,12", B("this is suricata"), B("his is suric")},
    {"subslice", "13,-12", B("this is suricata"), B(" is suric")},
    {"subslice", "10,-5", B("this is suricata"), B("r")},
    {"subslice", "2, 14", B("this is suricata"), B("is is suricata")},
    {"subslice", "2, 15", B("this is suricata"), B("")},
    {"subslice", "2, 15, truncate", B("this is suricata"), B("is is suricata")},
    {"subslice", "-10,3", B("curl/7.64.1"), B("url")},
    {"subslice", "1,-3", B("curl/7.64.1"), B("url/7.6")},
    {"subslice", "0, -30", B("curl/7.64.1"), B("")},
    {"subslice", "0, -30, truncate", B("curl/7.64.1"), B("")},
    {"subslice", "0, -8, truncate", B("curl/7.64.1"), B("cur")},
    {"subslice", "-20, -30, truncate", B("curl/7.64.1"), B("")},
    {"subslice", "-11, -6, truncate", B("curl/7.64.1"), B("curl/")},
    {"subslice", "2147483647, 2147483647, truncate", B("ab"), B("")},
    {"subslice", "-2147483648, -2147483648, truncate", B("ab"), B("")},
};

static void
test_subslice(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(slices); i++)
        transform_check(&slices[i]);
}

/* --- all of them --- */

static const struct {
    const char *name, *value;
} all[] = {
    {"compress_whitespace", ""},
    {"dotprefix", ""},
    {"from_base64", ""},
    {"gunzip", ""},
    {"header_lowercase", ""},
    {"pcrexform", "(.)"},
    {"strip_pseudo_headers", ""},
    {"strip_whitespace", ""},
    {"subslice", "0"},
    {"to_lowercase", ""},
    {"to_md5", ""},
    {"to_sha1", ""},
    {"to_sha256", ""},
    {"to_uppercase", ""},
    {"url_decode", ""},
    {"xor", "41"},
    {"zlib_deflate", ""},
};

static void
test_known(void)
{
    static const char *const unknown[] = {"", "xo", "xorr", "XOR", "content", "luaxform"};

    for (unsigned i = 0; i < G_N_ELEMENTS(all); i++)
        g_assert_true(mf_transform_is_known(all[i].name));
    for (unsigned i = 0; i < G_N_ELEMENTS(unknown); i++) {
        char *why = NULL;

        g_assert_false(mf_transform_is_known(unknown[i]));
        g_assert_null(mf_transform_new(unknown[i], "", &why));
        g_assert_nonnull(why);
        g_free(why);
    }
    mf_transform_free(NULL);
}

/* Of nothing nothing is made. */
static void
test_empty(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(all); i++)
        transform_check(&(struct row){all[i].name, all[i].value, B(""), B("")});
}

/* No output is larger than its bound; but a hash is one of all bytes. */
static void
test_bound(void)
{
    enum { LENGTH = MF_TRANSFORM_MAX + 1 };
    struct bytes large = {g_strnfill(LENGTH, 'A'), LENGTH};
    char *expected =
        g_compute_checksum_for_data(G_CHECKSUM_MD5, (const guchar *)large.text, LENGTH);
    GString *hash = g_string_new(NULL);

    for (unsigned i = 0; i < G_N_ELEMENTS(all); i++) {
        GByteArray *out = g_byte_array_new();

        transform_run(all[i].name, all[i].value, large, out);
        g_assert_cmpuint(out->len, <=, MF_TRANSFORM_MAX);
        if (strcmp(all[i].name, "to_md5") == 0)
            for (guint at = 0; at < out->len; at++)
                g_string_append_printf(hash, "%02x", out->data[at]);
        g_byte_array_unref(out);
    }
    g_assert_cmpstr(hash->str, ==, expected);
    g_string_free(hash, TRUE);
    g_free(expected);
    g_free((char *)(uintptr_t)large.text);
}

static const struct {
    const char *name, *value;
} wrong[] = {
    {"dotprefix", "x"},
    {"to_md5", "1"},
    {"from_base64", "bytes 4, offset 3933, mode unknown"},
    {"from_base64", "bytes 4, offset 70000"},
    {"from_base64", "mode strict, mode rfc2045"},
    {"from_base64", "offset 1, offset 2"},
    {"from_base64", "offset name"},
    {"from_base64", "offset -1"},
    {"from_base64", "offset"},
    {"from_base64", "byte 4"},
    {"from_base64", "bytes 4,"},
    {"subslice", ""},
    {"subslice", "f, y"},
    {"subslice", "0:-10"},
    {"subslice", "1 1"},
    {"subslice", "1,0"},
    {"subslice", "truncate"},
    {"subslice", "1, 2, nottruncate"},
    {"subslice", "1, 2, 3, 4"},
    {"subslice", "1, 2, truncate, extra"},
    {"subslice", "99999999999"},
    {"pcrexform", ""},
    {"pcrexform", "none"},
    {"pcrexform", "(a)(b)"},
    {"pcrexform", "(a"},
    {"pcrexform", "(*UTF)(a)"},
    {"xor", ""},
    {"xor", "nohexa"},
    {"xor", "abc"},
    {"xor", "\"\""},
    {"xor", "offset 1"},
    {"xor", "offset 1,"},
    {"xor", "offset x,41"},
    {"xor", "offset 4294967296,41"},
    {"xor", "extract 1"},
    {"xor", "extract 0 0"},
    {"xor", "extract 256 0"},
    {"xor", "extract 1 65536"},
    {"xor", "extract 1 0 0"},
    {"gunzip", "keywithoutvalue"},
    {"gunzip", "unknown=1"},
    {"gunzip", "max-size"},
    {"gunzip", "max-size=0"},
    {"gunzip", "max-size=toto"},
    {"gunzip", "max-size=1,max-size=1"},
    {"gunzip", "max-size 17MiB"},
    {"zlib_deflate", "max-size 99999999999999999999"},
};

static void
test_wrong_values(void)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(wrong); i++) {
        char *why = NULL;

        g_test_message("%s:%s", wrong[i].name, wrong[i].value);
        g_assert_null(mf_transform_new(wrong[i].name, wrong[i].value, &why));
        g_assert_nonnull(why);
        g_free(why);
    }
}

/* Keys of 255 bytes are good, of 256 not. */
static void
test_key_length(void)
{
    for (gsize bytes = 254; bytes <= 256; bytes++) {
        char *key = g_strnfill(bytes * 2, 'a'), *why = NULL;
        struct mf_transform *transform = mf_transform_new("xor", key, &why);

        g_assert_true((transform != NULL) == (bytes <= 255));
        mf_transform_free(transform);
        g_free(why);
        g_free(key);
    }
}

/* An expression that would take for ever counts as not matching. */
static void
test_backtracking(void)
{
    char *text = g_strnfill(5000, 'a');
    struct row row = {"pcrexform", "^(?:(a+)+)+$b", {text, 5000}, {text, 5000}};

    transform_check(&row);
    g_free(text);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/transform/as_suricata", test_as_suricata);
    g_test_add_func("/transform/xor", test_xor);
    g_test_add_func("/transform/base64", test_base64);
    g_test_add_func("/transform/domain", test_domain);
    g_test_add_func("/transform/subslice", test_subslice);
    g_test_add_func("/transform/known", test_known);
    g_test_add_func("/transform/empty", test_empty);
    g_test_add_func("/transform/bound", test_bound);
    g_test_add_func("/transform/wrong_values", test_wrong_values);
    g_test_add_func("/transform/key_length", test_key_length);
    g_test_add_func("/transform/backtracking", test_backtracking);
    return g_test_run();
}
