# SPDX-License-Identifier: GPL-2.0-or-later
# Finds the Qt that the timeline window is to be built for: the one that Wireshark runs on, since a
# process cannot have two. Sets MALFLOW_QT_MAJOR to 5 or 6, or to nothing where its development files
# or a C++ compiler are missing: everything but the window is built then.
option(MALFLOW_WINDOW "Build the timeline window, where Qt's development files are installed" ON)

# Prints 5 or 6 into RESULT: what the wireshark program says, else what its version is usually
# built with (Debian 12 has 4.0 with Qt 5, Debian 13 has 4.4 with Qt 6).
function(malflow_wireshark_qt result)
    find_program(MALFLOW_WIRESHARK_PROGRAM wireshark)
    set(needed "")
    if(MALFLOW_WIRESHARK_PROGRAM AND CMAKE_OBJDUMP)
        execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${MALFLOW_WIRESHARK_PROGRAM}
                        OUTPUT_VARIABLE needed ERROR_QUIET)
    endif()
    if(needed MATCHES "NEEDED +libQt([56])Core")
        set(${result} ${CMAKE_MATCH_1} PARENT_SCOPE)
    elseif(malflow_wireshark_VERSION VERSION_LESS 4.2)
        set(${result} 5 PARENT_SCOPE)
    else()
        set(${result} 6 PARENT_SCOPE)
    endif()
endfunction()

set(MALFLOW_QT_MAJOR "")
if(MALFLOW_WINDOW)
    include(CheckLanguage)
    check_language(CXX)
    pkg_check_modules(malflow_wireshark QUIET wireshark)
    malflow_wireshark_qt(malflow_qt_major)
    if(CMAKE_CXX_COMPILER)
        enable_language(CXX)
        find_package(Qt${malflow_qt_major} QUIET COMPONENTS Widgets)
    endif()
    if(Qt${malflow_qt_major}Widgets_FOUND)
        set(MALFLOW_QT_MAJOR ${malflow_qt_major})
    else()
        message(STATUS "The timeline window is not built: it needs a C++ compiler and the development "
                       "files of Qt ${malflow_qt_major}")
    endif()
endif()
