// An object's IMFMediaEventQueue, which another thread may shut down at any moment.
#pragma once

#include <windows.h>

#include <mfidl.h>
#include <mfobjects.h>

#include "com_ptr.h"
#include "lock.h"

namespace mfvcam::source {

class EventQueue {
 public:
    HRESULT open() noexcept;

    // As IMFMediaEventQueue's, but safe against a caller's nulls.
    HRESULT GetEvent(DWORD flags, IMFMediaEvent** event) noexcept;
    HRESULT BeginGetEvent(IMFAsyncCallback* callback, IUnknown* state) noexcept;
    HRESULT EndGetEvent(IMFAsyncResult* result, IMFMediaEvent** event) noexcept;
    HRESULT QueueEventParamVar(MediaEventType type, REFGUID extended_type, HRESULT status,
                               const PROPVARIANT* value) noexcept;

    HRESULT queue(MediaEventType type, HRESULT status = S_OK) noexcept;
    HRESULT queue_unknown(MediaEventType type, IUnknown* value) noexcept;
    HRESULT queue_time(MediaEventType type, LONGLONG time) noexcept;

    void shut_down() noexcept;

 private:
    // Used without the lock: GetEvent may block.
    ComPtr<IMFMediaEventQueue> current() noexcept;

    Lock lock_;
    ComPtr<IMFMediaEventQueue> queue_;
};

}  // namespace mfvcam::source
