// MFVCAM_SIMULATOR_TRACE=FILE: a line for each call of a program to its cameras and of the host to
// the media sources, appended by all processes:
//
//     time process.thread object method(arguments) = HRESULT, microseconds
#pragma once

#include <windows.h>

#include <propidl.h>

#include <initializer_list>
#include <string>

#include "guard.h"

namespace mfvcam::simulator {
namespace trace {

bool on() noexcept;
void write(const void* object, const char* method, std::initializer_list<std::string> arguments,
           HRESULT hr, long long took) noexcept;
// Since any moment.
long long microseconds() noexcept;

std::string text(const GUID& value);  // a null pointer to one, too
std::string text(const PROPVARIANT& value);
std::string text(const wchar_t* value);
std::string text(const void* value);
// To be written to.
inline std::string text(wchar_t* value) {
    return text(static_cast<const void*>(value));
}
std::string text(unsigned long value);
std::string text(long value);
std::string text(unsigned long long value);
std::string text(unsigned int value);
std::string text(int value);
std::string text(double value);
// An out-parameter.
template <class T>
std::string text(T* const* pointer) {
    return text(static_cast<const void*>(pointer));
}

}  // namespace trace

// Runs body in guarded(), which is this method of object, and writes what came of it.
template <class Body, class... Arguments>
HRESULT traced(const void* object, const char* method, Body&& body,
               const Arguments&... arguments) noexcept {
    if (!trace::on()) {
        return guarded(body);
    }
    const long long began = trace::microseconds();
    const HRESULT hr = guarded(body);
    const long long took = trace::microseconds() - began;
    guarded([&] {
        trace::write(object, method, {trace::text(arguments)...}, hr, took);
        return S_OK;
    });
    return hr;
}

// For what is forwarded.
struct TracedCalls {
    template <class Body, class... Arguments>
    static HRESULT call(const void* object, const char* method, Body&& body,
                        const Arguments&... arguments) noexcept {
        return traced(object, method, body, arguments...);
    }
};

}  // namespace mfvcam::simulator
