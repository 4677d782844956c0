// How forwarded calls are made where nobody notes them.
#pragma once

#include <windows.h>

namespace mfvcam {

struct PlainCalls {
    // Runs body, which is this method of object.
    template <typename Body, typename... Arguments>
    static HRESULT call(const void* /*object*/, const char* /*method*/, Body&& body,
                        const Arguments&... /*arguments*/) noexcept {
        return body();
    }
};

}  // namespace mfvcam
