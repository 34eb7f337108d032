/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rules as data (rules_rows.h): numbers in bytes, variables, base64, entropy, single protocols. */
#include "rules_rows.h"

#define A10  "aaaaaaaaaa"
#define A100 A10 A10 A10 A10 A10 A10 A10 A10 A10 A10

static const struct rules_row rows[] = {
    /* one byte at one place: nothing is searched for */
    {"content:\"|05|\"; offset:3; depth:1; content:\"xy\"; distance:1;", "abc|05|.xy", 1},
    {"content:\"|05|\"; offset:3; depth:1; content:\"xy\"; distance:1;", "abc|05|.x|05|y", 0},
    {"content:\"|05|\"; offset:3; depth:1; content:\"xy\"; distance:1;", "ab|05|c|05|.xy", 0},
    {"content:\"|05|\"; offset:3; depth:1;", "|05 05 05 05 05 05|", 1},
    {"content:\"|00 00 02|\"; depth:3; content:!\"a\";", "|00 00 02 00 00 02|", 1},
    {"content:\"|00 00 02|\"; depth:3; content:!\"a\";", "|00 02 00 00 02|", 0},
    {"content:\"a\"; offset:100; depth:1;", A100 "b", 0},
    {"content:\"a\"; offset:100; depth:1;", A100 "a", 1},

    /* numbers */
    {"content:\"n\"; byte_test:1,=,5,0,relative;", "n|05|", 1},
    {"content:\"n\"; byte_test:1,=,5,0,relative;", "n|06|", 0},
    {"content:\"n\"; byte_test:1,!=,5,0,relative;", "n|06|", 1},
    {"content:\"n\"; byte_test:1,!,5,0,relative;", "n|05|", 0},
    {"content:\"n\"; byte_test:2,>,0x0100,0,relative;", "n|01 01|", 1},
    {"content:\"n\"; byte_test:2,>,0x0100,0,relative;", "n|01 00|", 0},
    {"content:\"n\"; byte_test:2,>=,0x0100,0,relative;", "n|01 00|", 1},
    {"content:\"n\"; byte_test:2,<,2,0,relative,little;", "n|01 00|", 1},
    {"content:\"n\"; byte_test:2,<=,1,0,relative,little;", "n|01 00|", 1},
    {"content:\"n\"; byte_test:2,<,2,0,relative,big;", "n|01 00|", 0},
    {"content:\"n\"; byte_test:1,&,0x80,0,relative;", "n|81|", 1},
    {"content:\"n\"; byte_test:1,!&,0x80,0,relative;", "n|81|", 0},
    {"content:\"n\"; byte_test:1,^,0x81,0,relative;", "n|81|", 0},
    {"content:\"n\"; byte_test:4,=,0,0,relative;", "n|00 00 00|", 0},
    {"content:\"n\"; byte_test:1,=,7,-2,relative;", "|07|n", 1},
    {"content:\"n\"; byte_test:1,=,7,-3,relative;", "|07|n", 0},
    {"content:\"n\"; byte_test:1,=,7,0;", "|07|..n", 1},
    {"content:\"n\"; byte_test:3,=,123,0,relative,string,dec;", "n123", 1},
    {"content:\"n\"; byte_test:0,=,1234,0,relative,string,dec;", "n1234", 1},
    {"content:\"n\"; byte_test:0,=,1234,0,relative,string,dec;", "n1234x", 1},
    {"content:\"n\"; byte_test:0,=,123,0,relative,string,dec;", "n1234", 0},
    {"content:\"n\"; byte_test:0,>=,0,0,relative,string,dec;", "nx1234", 0},
    {"content:\"n\"; byte_test:0,=,31,0,relative,string,hex;", "n0x1fg", 1},
    {"content:\"n\"; byte_test:0,=,0,0,relative,string,hex;", "n0xg", 1},
    {"content:\"n\"; byte_test:0,=,0,1,relative,string,dec;", "n", 0},
    {"content:\"n\"; byte_test:3,=,0x1af,0,relative,string,hex;", "n1af", 1},
    {"content:\"n\"; byte_test:3,=,64,0,relative,string,oct;", "n100", 1},
    {"content:\"n\"; byte_test:3,=,0,0,relative,string,dec;", "nxyz", 0},
    {"content:\"n\"; byte_test:1,=,3,0,relative,bitmask 0x30;", "n|f5|", 1},
    {"content:\"n\"; byte_test:1,=,1,0,relative,bitmask 0x0f;", "n|f1|", 1},
    {"content:\"n\"; byte_test:2,=,0x0102,0,relative,dce;", "n|02 01|", 1},
    {"content:\"n\"; byte_test:2,=,0x0102,0,relative,dce;", "|05 00 0b 03 00|n|01 02|", 1},
    {"content:\"n\"; byte_test:2,=,0x0102,0,relative,dce;", "|05 00 0b 03 10|n|02 01|", 1},
    {"content:\"n\"; byte_test:8,=,18446744073709551615,0,relative;", "n|ff ff ff ff ff ff ff ff|",
     1},
    {"content:\"n\"; byte_test:8,=,1,0,relative,little;", "n|01 00 00 00 00 00 00 00|", 1},

    {"content:\"j\"; byte_jump:1,0,relative; content:\"X\"; distance:0; within:1;", "j|02|..X", 1},
    {"content:\"j\"; byte_jump:1,0,relative; content:\"X\"; distance:0; within:1;", "j|01|..X", 0},
    {"content:\"j\"; byte_jump:2,0,relative,little; content:\"X\"; within:1;", "j|02 00|..X", 1},
    {"content:\"j\"; byte_jump:1,0,relative,multiplier 2; content:\"X\"; within:1;", "j|01|..X", 1},
    {"content:\"j\"; byte_jump:1,0,relative,align; content:\"X\"; within:1;", "j|01|....X", 1},
    {"content:\"j\"; byte_jump:1,0,relative,from_beginning; content:\"X\"; within:1;", "..Xj|02|",
     1},
    {"content:\"j\"; byte_jump:1,0,relative,post_offset -1; content:\"X\"; within:1;", "j|02|.X",
     1},
    {"content:\"j\"; byte_jump:2,0,relative,string,dec; content:\"X\"; within:1;", "j03...X", 1},
    {"content:\"j\"; byte_jump:1,0,relative;", "j|03|..", 0},
    {"content:\"j\"; byte_jump:1,0,relative;", "j|01|..", 1},
    {"content:\"j\"; byte_jump:4,0,relative;", "j|ff ff ff ff|....", 0},
    {"content:\"j\"; byte_jump:8,0,relative,multiplier 65535;", "j|ff ff ff ff ff ff ff ff|", 1},
    {"content:\"j\"; byte_jump:1,0,relative,from_end,post_offset -3; content:\"X\"; within:1;",
     "j|00|...X..", 1},

    {"content:\"j\"; byte_jump:1,0,relative,post_offset -100; content:\"X\"; within:1;", "X..j|01|",
     1},
    {"content:\"j\"; byte_jump:0,0,from_end,post_offset -2; content:\"X\"; within:1;", "j...X.", 1},
    {"content:\"j\"; byte_jump:1,0,relative,bitmask 0xf0; content:\"X\"; within:1;", "j|2f|..X", 1},
    {"content:\"j\"; byte_jump:4,0,relative,string,dec; content:\"X\"; within:1;", "j2X  ..X", 0},
    {"content:\"j\"; byte_jump:4,0,relative,string,dec; content:\"X\"; within:1;", "j2ab X..", 0},
    {"content:\"j\"; byte_jump:4,0,relative,string,dec; content:\"X\"; within:1;", "j2abX...", 1},

    /* variables */
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; distance:v; within:1;", "n|02|..X",
     1},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; distance:v; within:1;", "n|01|..X",
     0},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; within:v;", "n|03|..X", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; within:v;", "n|02|..X", 0},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; offset:v;", "n|04|..X", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; offset:v;", "n|05|..X", 0},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; depth:v;", "n|05|..X", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; depth:v;", "n|04|..X", 0},
    {"content:\"n\"; byte_extract:1,0,v,relative; content:\"X\"; depth:v;", "n|00|n|07|..X", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; isdataat:v,relative;", "n|02|..", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; isdataat:!v,relative;", "n|02|..", 0},
    {"content:\"n\"; byte_extract:1,0,v,relative; isdataat:!v,relative;", "n|03|..", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_test:1,=,v,0,relative;", "n|07 07|", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_test:1,=,7,v;", "n|03|.|07|", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_test:v,=,0x0102,0,relative;", "n|02 01 02|",
     1},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_test:v,=,0,0,relative;",
     "n|09 00 00 00 00 00 00 00 00 00|", 0},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_jump:v,0,relative; content:\"X\"; within:1;",
     "n|02 00 01|.X", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative,multiplier 3; content:\"X\"; distance:v; "
     "within:1;",
     "n|01|...X", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative,align 4; content:\"X\"; distance:v; within:1;",
     "n|01|....X", 1},
    {"content:\"n\"; byte_extract:2,0,v,relative,string,dec; content:\"X\"; distance:v; within:1;",
     "n02..X", 1},
    {"content:\"n\"; byte_extract:2,0,v,relative,string,hex; byte_test:1,=,v,0,relative;",
     "n1a|1a|", 1},
    {"content:\"n\"; byte_extract:2,0,v,relative,little; byte_test:2,=,v,0,relative;",
     "n|01 02 02 01|", 1},
    {"content:\"n\"; byte_math:bytes 1,offset 0,oper +,rvalue 1,result v,relative; content:\"X\"; "
     "distance:v; within:1;",
     "n|01|..X", 1},
    {"content:\"n\"; byte_math:bytes 1, offset 0, oper -, rvalue 1, result v, relative; "
     "byte_test:1,=,v,0,relative;",
     "n|05 04|", 1},
    {"content:\"n\"; byte_math:bytes 1, offset 0, oper *, rvalue 2, result v, relative; "
     "byte_test:1,=,v,0,relative;",
     "n|05 0a|", 1},
    {"content:\"n\"; byte_math:bytes 1, offset 0, oper /, rvalue 2, result v, relative; "
     "byte_test:1,=,v,0,relative;",
     "n|05 02|", 1},
    {"content:\"n\"; byte_math:bytes 1, offset 0, oper <<, rvalue 2, result v, relative; "
     "byte_test:1,=,v,0,relative;",
     "n|05 14|", 1},
    {"content:\"n\"; byte_math:bytes 1, offset 0, oper >>, rvalue 64, result v, relative; "
     "byte_test:1,=,v,0,relative;",
     "n|05 00|", 1},
    {"content:\"n\"; byte_math:bytes 2, offset 0, oper +, rvalue 0, result v, relative, endian "
     "little, "
     "bitmask 0xff00; byte_test:1,=,v,0,relative;",
     "n|01 02 02|", 1},
    {"content:\"n\"; byte_math:bytes 2, offset 0, oper +, rvalue 0x10, result v, relative, string "
     "hex; "
     "byte_test:1,=,v,0,relative;",
     "n0a|1a|", 1},
    {"content:\"n\"; byte_extract:1,0,w,relative; byte_math:bytes 1,offset 0,oper /,rvalue "
     "w,result "
     "v,relative; byte_test:1,=,v,0,relative;",
     "n|02 06 03|", 1},
    {"content:\"n\"; byte_extract:1,0,w,relative; byte_math:bytes 1,offset 0,oper /,rvalue "
     "w,result "
     "v,relative;",
     "n|00 06 03|", 0},

    {"content:\"n\"; byte_math:bytes 1,offset 0,oper -,rvalue 5,result v,relative; content:\"X\"; "
     "distance:v; "
     "within:1;",
     ".X.n|01|", 1},
    {"content:\"n\"; byte_jump:1,0,relative; isdataat:!1,relative;", "n|02|..", 1},
    /* base64 */
    {"content:\"k=\"; base64_decode:relative; base64_data; content:\"hello\";", "k=aGVsbG8=", 1},
    {"content:\"k=\"; base64_decode:relative; base64_data; content:\"hello\"; endswith;",
     "k=aGVsbG8=", 1},
    {"content:\"k=\"; base64_decode:relative; base64_data; content:!\"zz\";", "k=aGVsbG8", 1},
    {"content:\"k=\"; base64_decode:relative; base64_data; content:\"hello\";", "k=aGVs bG8=", 0},
    {"content:\"k=\"; base64_decode:bytes 4,relative; base64_data; content:\"hel\"; endswith;",
     "k=aGVsbG8=", 1},
    {"content:\"k=\"; base64_decode:bytes 2, offset 1, relative; base64_data; pcre:\"/^h$/\";",
     "k=.aGVs", 1},
    {"content:\"k=\"; base64_decode:offset 2; base64_data; content:\"h\"; startswith;", "k=aA", 1},
    {"content:\"k=\"; base64_decode:relative; base64_data; content:\"hello\";", "k=!aGVsbG8=", 0},
    {"content:\"k=\"; base64_decode:relative; base64_data; content:\"he\"; content:\"o\"; "
     "distance:2; "
     "within:1;",
     "k=!k=aGVsbG8=", 1},
    {"content:\"k\"; byte_extract:1,0,v,relative; base64_decode:relative; base64_data; "
     "content:\"lo\"; "
     "offset:v;",
     "k|03|aGVsbG8=", 1},

    /* entropy, ASN.1 */
    {"entropy:value >= 1.9;", "abcd", 1},
    {"entropy:value > 2;", "abcd", 0},
    {"entropy:2;", "abcd", 1},
    {"entropy:value 0.5-1.5;", "aabb", 1},
    {"entropy:value !0.5-1.5;", "aabb", 0},
    {"entropy:bytes 2, offset 2, value = 0;", "abcc", 1},
    {"entropy:bytes 2, offset 4, value = 0;", "abcc", 0},
    {"asn1:oversize_length 100, absolute_offset 1;", "x|30 06 30 04 04 81 c8|..", 1},
    {"asn1:oversize_length 200, absolute_offset 1;", "x|30 06 30 04 04 81 c8|..", 0},
    {"content:\"x\"; asn1:bitstring_overflow, relative_offset 0;", "x|30 03 03 01 09|", 1},
    {"content:\"x\"; asn1:bitstring_overflow, relative_offset 0;", "x|30 04 03 02 07 00|", 0},
    {"content:\"x\"; asn1:double_overflow, relative_offset 0;", "x|09 82 01 01 00|", 1},
    {"content:\"x\"; asn1:double_overflow, relative_offset 0;", "x|09 82 01 00 00|", 0},
    {"rpc:100009,*,*;",
     "|00 00 00 20 00 00 00 01 00 00 00 00 00 00 00 02 00 01 86 a9 00 00 00 01 00 00 "
     "00 02|",
     1},
    {"rpc:100009,1,3;",
     "|00 00 00 20 00 00 00 01 00 00 00 00 00 00 00 02 00 01 86 a9 00 00 00 01 00 00 "
     "00 02|",
     0},

    {"content:\"a\"; isdataat:2,relative;", "a12", 1},
    {"content:\"a\"; isdataat:2,relative;", "a1", 0},
    {"content:\"a\"; isdataat:!2,relative;", "a1", 1},
    {"content:\"a\"; isdataat:!2,relative;", "a12", 0},
    {"content:\"a\"; isdataat:!1,relative;", "xaxa", 1},
    {"content:\"a\"; isdataat:!1,relative;", "xax", 0},
    {"content:\"x\"; content:!\"a\"; isdataat:!1,relative;", "xaa", 0},
    {"content:\"x\"; content:\"a\"; distance:0; isdataat:!1,relative;", "xaya", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_test:v,!=,1,0,relative;", "n|00|..", 1},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_test:v,!=,1,0,relative;", "n|00|", 0},
    {"content:\"n\"; byte_extract:1,0,v,relative; byte_jump:v,0,relative; content:\".\"; within:1;",
     "n|00|.", 1},
    {"content:\"a\"; isdataat:3;", "axxx", 1},
    {"content:\"a\"; isdataat:3;", "axx", 0},
};

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    rules_rows_add("/rules-bytes/row", rows, G_N_ELEMENTS(rows));
    return g_test_run();
}
