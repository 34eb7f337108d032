# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -D NAME=symbol -D IN=file -D OUT=file.c -P embed.cmake: the file as a C string.
file(READ "${IN}" bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
string(REGEX REPLACE "(................................................................................)"
       "\\1\n" bytes "${bytes}")
file(WRITE "${OUT}" "extern const char ${NAME}[];\nconst char ${NAME}[] = {\n${bytes}0};\n")
