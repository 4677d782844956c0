#include "local_source.h"

#include <mfapi.h>

#include "activation.h"
#include "choices.h"
#include "guard.h"
#include "trace.h"

namespace mfvcam::simulator {

HRESULT LocalSource::activate(const GUID& class_id, const Bytes& attributes,
                              const std::weak_ptr<CameraListener>& listener,
                              std::shared_ptr<LocalSource>& source) {
    ComPtr<IMFAttributes> store;
    HRESULT hr = MFCreateAttributes(store.put(), 4);
    if (SUCCEEDED(hr)) {
        hr = attributes_from_bytes(attributes, store.get());
    }
    auto active = std::make_shared<LocalSource>();
    ComPtr<IMFMediaSource> instance;
    if (SUCCEEDED(hr)) {
        hr = activate_source(class_id, store.get(), active->activate_, instance);
    }
    if (FAILED(hr)) {
        return hr;
    }
    active->ks_control_ = instance.as<IKsControl>();
    active->pipeline_ = Pipeline::make(instance, listener);
    source = std::move(active);
    return S_OK;
}

HRESULT LocalSource::has_ks_control() noexcept {
    const HRESULT hr = pipeline_->state();
    return SUCCEEDED(hr) && !ks_control_ ? choices::kNoKsControl : hr;
}

HRESULT LocalSource::ks_property(Bytes& property, void* data, ULONG data_length,
                                 ULONG* bytes_returned) noexcept {
    const HRESULT hr = has_ks_control();
    if (FAILED(hr)) {
        return hr;
    }
    // Which only a program that speaks the Frame Server's protocol by itself can send.
    if (property.size() < sizeof(KSPROPERTY)) {
        return choices::kBadBuffer;
    }
    auto* const request = reinterpret_cast<PKSPROPERTY>(property.data());
    const auto length = static_cast<ULONG>(property.size());
    return traced(
        ks_control_.get(), "IKsControl::KsProperty",
        [&] { return ks_control_->KsProperty(request, length, data, data_length, bytes_returned); },
        request->Set, request->Id, request->Flags, length, data, data_length);
}

HRESULT LocalSource::ks_event(KSEVENT* event, KSEVENTDATA* data) noexcept {
    const ULONG length = event != nullptr ? sizeof(*event) : 0;
    ULONG returned = 0;
    return traced(
        ks_control_.get(), "IKsControl::KsEvent",
        [&] { return ks_control_->KsEvent(event, length, data, sizeof(*data), &returned); },
        event != nullptr ? event->Set : GUID_NULL, event != nullptr ? event->Id : 0UL,
        event != nullptr ? event->Flags : 0UL, length, data, data->NotificationType,
        data->EventHandle.Event);
}

HRESULT LocalSource::enable(const KSEVENT& event, const KSEVENTDATA& notification,
                            std::uint64_t& registration) noexcept {
    const HRESULT hr = has_ks_control();
    if (FAILED(hr)) {
        return hr;
    }
    return guarded([&] {
        auto identity = std::make_unique<KSEVENTDATA>(notification);
        KSEVENTDATA* const data = identity.get();
        {
            const LockGuard guard(lock_);
            registration = ++last_registration_;
            registrations_.emplace(registration, std::move(identity));
        }
        KSEVENT request = event;
        const HRESULT enabled = ks_event(&request, data);
        if (FAILED(enabled)) {
            const LockGuard guard(lock_);
            registrations_.erase(registration);
        }
        return enabled;
    });
}

HRESULT LocalSource::disable(std::uint64_t registration) noexcept {
    const std::unique_ptr<KSEVENTDATA> data = take(registration);
    if (!data) {
        return HRESULT_FROM_WIN32(ERROR_NOT_FOUND);
    }
    const HRESULT hr = has_ks_control();
    return FAILED(hr) ? hr : ks_event(nullptr, data.get());
}

std::unique_ptr<KSEVENTDATA> LocalSource::take(std::uint64_t registration) noexcept {
    std::unique_ptr<KSEVENTDATA> data;
    const LockGuard guard(lock_);
    if (const auto found = registrations_.find(registration); found != registrations_.end()) {
        data = std::move(found->second);
        registrations_.erase(found);
    }
    return data;
}

HRESULT LocalSource::open_consumer(const std::shared_ptr<ConsumerListener>& listener,
                                   SourceData& description,
                                   std::shared_ptr<Consumer>& consumer) noexcept {
    return guarded([&] { return pipeline_->open_consumer(listener, description, consumer); });
}

}  // namespace mfvcam::simulator
