#include "trace.h"

#include <array>
#include <cstdio>

#include "com_object.h"
#include "environment.h"

namespace mfvcam::simulator::trace {
namespace {

constexpr const wchar_t* kVariable = L"MFVCAM_SIMULATOR_TRACE";

template <class... Values>
std::string formatted(const char* format, Values... values) {
    std::array<char, 128> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), format, values...);
    return {buffer.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

constexpr DWORD kPatience = 1'000;  // ms, for a process that is suspended with a line half written

// Open to all processes, each line in one piece: the system finds the end of the file.
HANDLE open_file() {
    const std::wstring path = environment_variable(kVariable);
    return path.empty() ? INVALID_HANDLE_VALUE
                        : CreateFileW(path.c_str(), FILE_APPEND_DATA,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                      nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
}

HANDLE file() noexcept {
    // As the environment was at the first call; never closed.
    static const HANDLE opened = [] {
        try {
            return open_file();
        } catch (...) {
            return INVALID_HANDLE_VALUE;
        }
    }();
    return opened;
}

// Wine looks for the end of the file first and writes there then: another process's line may be
// there by then.
HANDLE turn() noexcept {
    static const HANDLE made = CreateMutexW(nullptr, FALSE, L"Local\\mfvcam-simulator-trace");
    return made;
}

}  // namespace

bool on() noexcept {
    return file() != INVALID_HANDLE_VALUE;
}

long long microseconds() noexcept {
    LARGE_INTEGER now{};
    LARGE_INTEGER frequency{};
    QueryPerformanceCounter(&now);
    QueryPerformanceFrequency(&frequency);
    // Not multiplied first: that would overflow within weeks.
    return now.QuadPart / frequency.QuadPart * 1'000'000 +
           now.QuadPart % frequency.QuadPart * 1'000'000 / frequency.QuadPart;
}

void write(const void* object, const char* method, std::initializer_list<std::string> arguments,
           HRESULT hr, long long took) noexcept {
    guarded([&] {
        SYSTEMTIME now{};
        GetLocalTime(&now);
        std::string line =
            formatted("%02u:%02u:%02u.%03u %lu.%lu ", now.wHour, now.wMinute, now.wSecond,
                      now.wMilliseconds, GetCurrentProcessId(), GetCurrentThreadId());
        if (object != nullptr) {
            line += text(object) + " ";
        }
        line += std::string(method) + "(";
        const char* separator = "";
        for (const std::string& argument : arguments) {
            line += separator + argument;
            separator = ", ";
        }
        line += formatted(") = 0x%08lX, %lld us\r\n", static_cast<unsigned long>(hr), took);
        const DWORD waited = WaitForSingleObject(turn(), kPatience);
        DWORD written = 0;
        WriteFile(file(), line.data(), static_cast<DWORD>(line.size()), &written, nullptr);
        // Also of one that has died with it.
        if (waited == WAIT_OBJECT_0 || waited == WAIT_ABANDONED) {
            ReleaseMutex(turn());
        }
        return S_OK;
    });
}

std::string text(const GUID& value) {
    if (is_null(value)) {
        return "null";
    }
    return formatted("{%08lX-%04X-%04X-%02X%02X-%02X%02X%02X%02X%02X%02X}", value.Data1,
                     value.Data2, value.Data3, value.Data4[0], value.Data4[1], value.Data4[2],
                     value.Data4[3], value.Data4[4], value.Data4[5], value.Data4[6],
                     value.Data4[7]);
}

// UTF-8, and a line stays a line.
std::string text(const wchar_t* value) {
    if (value == nullptr) {
        return "null";
    }
    std::string bytes(static_cast<std::size_t>(
                          WideCharToMultiByte(CP_UTF8, 0, value, -1, nullptr, 0, nullptr, nullptr)),
                      '\0');
    WideCharToMultiByte(CP_UTF8, 0, value, -1, bytes.data(), static_cast<int>(bytes.size()),
                        nullptr, nullptr);
    std::string quoted = "\"";
    for (const char letter : bytes) {
        if (letter != '\0') {
            quoted += letter == '\r' || letter == '\n' ? ' ' : letter;
        }
    }
    return quoted + "\"";
}

std::string text(const void* value) {
    return value == nullptr ? "null"
                            : formatted("0x%llX", static_cast<unsigned long long>(
                                                      reinterpret_cast<std::uintptr_t>(value)));
}

std::string text(unsigned long value) {
    return formatted("%lu", value);
}

std::string text(long value) {
    return formatted("%ld", value);
}

std::string text(unsigned long long value) {
    return formatted("%llu", value);
}

std::string text(unsigned int value) {
    return formatted("%u", value);
}

std::string text(int value) {
    return formatted("%d", value);
}

std::string text(double value) {
    return formatted("%g", value);
}

std::string text(const PROPVARIANT& value) {
    const PROPVARIANT* const volatile pointer = &value;  // as is_null(const GUID&)
    if (pointer == nullptr) {
        return "null";
    }
    switch (value.vt) {
        case VT_UI4:
            return text(value.ulVal);
        case VT_UI8:
            return text(value.uhVal.QuadPart);
        case VT_R8:
            return text(value.dblVal);
        case VT_LPWSTR:
            return text(static_cast<const wchar_t*>(value.pwszVal));
        case VT_CLSID:
            return text(*value.puuid);
        case VT_VECTOR | VT_UI1:
            return formatted("%lu bytes", value.caub.cElems);
        case VT_UNKNOWN:
            return text(static_cast<const void*>(value.punkVal));
        default:
            return formatted("VARTYPE %u", unsigned{value.vt});
    }
}

}  // namespace mfvcam::simulator::trace
