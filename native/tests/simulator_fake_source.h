// A media source whose every answer a test programs, and which remembers every call of its
// IKsControl. One class id; registered in this process only.
#pragma once

#include <windows.h>

#include <mfidl.h>

#include <ks.h>

#include <devicetopology.h>

#include <functional>
#include <vector>

#include "com_ptr.h"

namespace mfvcam::simulator_test {

using mfvcam::ComPtr;

struct KsEventCall {
    bool hasEvent = false;
    KSEVENT event{};
    ULONG eventLength = 0;
    const void* data = nullptr;  // the identity
    KSEVENTDATA contents{};
    ULONG dataLength = 0;
};

struct KsPropertyCall {
    KSPROPERTY property{};
    ULONG propertyLength = 0;
    std::vector<BYTE> payload;
    ULONG dataLength = 0;
};

class FakeSource {
 public:
    // {6C0D2A1E-3B0C-4B6E-9D5B-0B1B7E2F9A41}
    static constexpr GUID kClassId = {
        0x6C0D2A1E, 0x3B0C, 0x4B6E, {0x9D, 0x5B, 0x0B, 0x1B, 0x7E, 0x2F, 0x9A, 0x41}};
    static constexpr const wchar_t* kClassIdText = L"{6C0D2A1E-3B0C-4B6E-9D5B-0B1B7E2F9A41}";
    // Set by the class factory on its activate object, as a source that wants something does.
    static constexpr GUID kOwnRequest = {
        0x0F4E27C4, 0x63B1, 0x4A0A, {0x8E, 0x0B, 0x9B, 0x5C, 0x0D, 0x4A, 0x1C, 0x02}};

    // What tests program; registerClass() puts it back.
    struct Program {
        HRESULT activate = S_OK;
        bool activateWithoutObject = false;
        bool withoutKsControl = false;
        HRESULT beginGetEvent = S_OK;
        // Called before an event is handed over.
        std::function<void()> insideEndGetEvent;
        HRESULT ksEvent = S_OK;
        HRESULT start = S_OK;
        HRESULT stop = S_OK;
        // Called inside KsEvent for an enable, and inside Start, before they are answered.
        std::function<void()> insideEnable;
        std::function<void()> insideStart;
        std::function<HRESULT(const KsPropertyCall&, BYTE* payload, void* data, ULONG* returned)>
            ksProperty;
        // Sees the activate object inside ActivateObject.
        std::function<void(IMFAttributes*)> insideActivate;
    };

    static Program& program();
    // Registers the class and forgets all calls.
    static HRESULT registerClass();
    static void revokeClass();

    static std::vector<KsEventCall> ksEvents();
    static std::vector<KsPropertyCall> ksProperties();
    static unsigned activations();
    static unsigned shutdowns();
    static unsigned starts();
    static unsigned stops();
    // Registrations enabled and not yet disabled (the source's Shutdown ends them all).
    static size_t registrations();
    // Signals every registration.
    static void signal();
    // As the newest living instance itself would.
    static void queue(MediaEventType type, REFGUID extendedType, HRESULT status);
    // Objects of the source not yet released; waits until there are none, at most this long.
    static bool gone(DWORD milliseconds);
};

}  // namespace mfvcam::simulator_test
